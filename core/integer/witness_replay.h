// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/result.h"
#include "core/integer/integer_engine.h"

namespace a2q {

/// What one accumulator made of an input.
struct ReplayOutcome {
  BitWidth accumulator;
  Overflow overflow = Overflow::kWrap;
  std::int64_t result = 0;
  bool overflowed = false;  ///< at least one addition left the accumulator
};

/// One channel as a network of its own: K inputs in the order of the weights, one sum. The
/// accumulator is the width that an engine's AccumulatorMode names.
[[nodiscard]] IntegerNetwork oneChannelNetwork(const IntegerWeights& weights, std::int64_t channel);

/// Runs an input of K codes through the reference engine, on accumulators of each width that wrap
/// around and then on ones that saturate. Widths 1..62. Errors: kUsage when the codes or the exact
/// range of the channel do not fit the engine's integers (32 and 62 bits).
[[nodiscard]] Result<std::vector<ReplayOutcome>> replay(const IntegerWeights& weights,
                                                        std::int64_t channel,
                                                        const std::vector<std::int64_t>& inputs,
                                                        const std::vector<BitWidth>& widths);

/// Whether an outcome of replay() is what the running sums of the witness say: it overflows exactly
/// when one of them leaves the accumulator, and gives the end of the range when none does.
[[nodiscard]] bool agrees(const ReplayOutcome& outcome, const Witness& witness);

/// The end of a range that needs more bits; the high one when both need the same.
[[nodiscard]] WitnessSide decidingSide(const AccumulatorRange& range);

}  // namespace a2q
