// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/dot_weights.h"

#include <algorithm>

#include "core/network/code_ranges.h"

namespace a2q {

IntegerRange channelRange(const IntegerWeights& weights, std::int64_t channel, IntegerRange codes) {
  const AccumulatorRange range = exactRange(signedSums(weights.channel(channel)), codes);
  return {static_cast<std::int64_t>(range.low), static_cast<std::int64_t>(range.high)};
}

std::optional<IntegerRange> rangeOf(const IntegerWeights& weights, IntegerRange codes) {
  constexpr AccumulatorSpec kWidest{{62}};
  IntegerRange sum;
  for (std::int64_t c = 0; c < weights.channels; ++c) {
    const AccumulatorRange exact = exactRange(signedSums(weights.channel(c)), codes);
    if (!kWidest.holds(exact.low, exact.high)) return {};
    sum.minimum = std::min(sum.minimum, static_cast<std::int64_t>(exact.low));
    sum.maximum = std::max(sum.maximum, static_cast<std::int64_t>(exact.high));
  }
  return sum;
}

void negateChannels(IntegerWeights& weights, const std::vector<bool>& marked) {
  for (std::int64_t c = 0; c < weights.channels; ++c) {
    if (!marked[static_cast<std::size_t>(c)]) continue;
    const auto first = weights.values.begin() + c * weights.k;
    std::transform(first, first + weights.k, first, [](std::int32_t q) { return -q; });
  }
}

IntegerNode signChange(const IntegerNode& before, const std::vector<bool>& marked) {
  IntegerWeights weights;
  weights.channels = before.output.channels;
  weights.k = 1;
  weights.weight_bits = {2};
  weights.input_range = before.range;
  weights.input_format = formatOf(before.range);
  for (const bool negative : marked) weights.values.push_back(negative ? -1 : 1);
  IntegerNode node;
  node.output = before.output;
  node.range = {std::min(before.range.minimum, -before.range.maximum),
                std::max(before.range.maximum, -before.range.minimum)};
  node.operation = DotProduct{std::move(weights), {1, 1}, {1, 1}, {0, 0}, before.output.channels};
  return node;
}

}  // namespace a2q
