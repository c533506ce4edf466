// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/exchange/accumulator_facts.h"

#include <algorithm>

namespace a2q {

AccumulatorFacts accumulatorFacts(const IntegerWeights& weights, IntegerRange inputs) {
  AccumulatorFacts facts;
  for (std::int64_t c = 0; c < weights.channels; ++c) {
    const AccumulatorRange range = exactRange(signedSums(weights.channel(c)), inputs);
    facts.range.low = std::min(facts.range.low, range.low);
    facts.range.high = std::max(facts.range.high, range.high);
  }
  facts.smallest = smallestAccumulator(facts.range);
  facts.shown = std::max(facts.smallest, weights.accumulator.value_or(facts.smallest));
  return facts;
}

}  // namespace a2q
