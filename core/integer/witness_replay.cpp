// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/witness_replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace a2q {
namespace {

/// The reference engine counts in 64 bits and simulates at most this many.
constexpr BitWidth kWidestReplay{62};

Status checkFits(const IntegerWeights& weights, std::int64_t channel,
                 const std::vector<std::int64_t>& inputs) {
  const auto range = exactRange(signedSums(weights.channel(channel)), weights.input_range);
  constexpr std::int64_t kLargest = std::numeric_limits<std::int32_t>::max();
  const bool fits = std::ranges::all_of(
      inputs, [](std::int64_t code) { return -kLargest - 1 <= code && code <= kLargest; });
  if (fits && smallestAccumulator(range) <= kWidestReplay) return {};
  return fail(
      ErrorCode::kUsage, "the channel is too wide to be replayed",
      fmt::format("its range [{}, {}] needs {} bits, the engine has {}", toString(range.low),
                  toString(range.high), smallestAccumulator(range).bits, kWidestReplay.bits),
      "Its witness is exact nonetheless.");
}

}  // namespace

IntegerNetwork oneChannelNetwork(const IntegerWeights& weights, std::int64_t channel) {
  const auto row = weights.channel(channel);
  IntegerWeights one = weights;
  one.channels = 1;
  one.values.assign(row.begin(), row.end());
  // Layers without a target stay exact in an engine; what this one is does not matter.
  one.accumulator = kWidestReplay;
  const Shape inputs{weights.k, 1, 1};
  const AccumulatorRange range = exactRange(signedSums(row), weights.input_range);
  IntegerNode source{.name = "input",
                     .operation = CodeInput{{.shape = inputs, .format = weights.input_format}},
                     .inputs = {},
                     .output = inputs,
                     .range = weights.input_range,
                     .scale = {}};
  IntegerNode sum{
      .name = weights.layer,
      .operation = DotProduct{.weights = std::move(one), .kernel = {1, 1}},
      .inputs = {0},
      .output = {1, 1, 1},
      .range = {static_cast<std::int64_t>(range.low), static_cast<std::int64_t>(range.high)},
      .scale = {}};
  return {weights.layer, {std::move(source), std::move(sum)}};
}

Result<std::vector<ReplayOutcome>> replay(const IntegerWeights& weights, std::int64_t channel,
                                          const std::vector<std::int64_t>& inputs,
                                          const std::vector<BitWidth>& widths) {
  if (Status fits = checkFits(weights, channel, inputs); !fits) return forward(std::move(fits));
  const IntegerNetwork network = oneChannelNetwork(weights, channel);
  const std::vector<std::int32_t> codes(inputs.begin(), inputs.end());
  std::vector<ReplayOutcome> outcomes;
  for (const BitWidth width : widths) {
    for (const Overflow overflow : {Overflow::kWrap, Overflow::kSaturate}) {
      ReferenceEngine engine(network, {overflow, width});
      const IntegerTensor result = engine.run(codes, 1, {weights.k, 1, 1});
      const ChannelObservation& seen = engine.observations().front().channels.front();
      outcomes.push_back({width, overflow, result.values.front(), seen.overflows > 0});
    }
  }
  return outcomes;
}

bool agrees(const ReplayOutcome& outcome, const Witness& witness) {
  const AccumulatorSpec spec{outcome.accumulator};
  const bool fits =
      std::ranges::all_of(witness.running_sums, [&](Int128 sum) { return spec.holds(sum, sum); });
  if (fits == outcome.overflowed) return false;
  return !fits || witness.running_sums.empty() || outcome.result == witness.running_sums.back();
}

WitnessSide decidingSide(const AccumulatorRange& range) {
  const bool low_decides =
      smallestAccumulator({range.low, 0}) > smallestAccumulator({0, range.high});
  return low_decides ? WitnessSide::kLow : WitnessSide::kHigh;
}

}  // namespace a2q
