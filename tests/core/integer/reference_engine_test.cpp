// SPDX-License-Identifier: GPL-3.0-or-later
// The accumulators of the reference engine against sums worked out one by one.
#include <gtest/gtest.h>

#include <random>

#include "core/integer/integer_engine.h"

namespace a2q {
namespace {

/// A single layer over K inputs, 4-bit unsigned codes, a target of P bits.
IntegerNetwork oneLayer(std::vector<std::int32_t> weights, std::int64_t channels, int target) {
  const auto k = static_cast<std::int64_t>(weights.size()) / channels;
  const IntegerFormat codes{{4}, Signedness::kUnsigned};
  IntegerWeights rows{"fc", channels,          k, {8}, codes, rangeOf(codes), BitWidth{target},
                      {},   std::move(weights)};
  InputLayer input;
  input.shape = {k, 1, 1};
  input.format = codes;
  IntegerNetwork network{"one layer", {}};
  network.nodes.push_back({"x", CodeInput{input}, {}, input.shape, rangeOf(codes), 1.0, 0});
  network.nodes.push_back({"fc",
                           DotProduct{std::move(rows), {1, 1}},
                           {0},
                           {channels, 1, 1},
                           {-1000000, 1000000},
                           {},
                           1});
  return network;
}

struct Outcome {
  std::vector<std::int64_t> sums;
  std::vector<ChannelObservation> channels;
};

Outcome outcome(const IntegerNetwork& network, const std::vector<std::int32_t>& codes,
                AccumulatorMode mode) {
  ReferenceEngine engine(network, mode, 2);
  const Shape& shape = network.nodes.front().output;
  const auto samples = static_cast<std::int64_t>(codes.size()) / shape.size();
  Outcome out;
  out.sums = engine.run(codes, samples, shape).values;
  out.channels = engine.observations().front().channels;
  return out;
}

TEST(ReferenceEngine, WrapsAtEveryAddition) {
  // 15·8 = 120, +15·8 = 240 → wraps at 8 bits to −16, −15·9 = −151 → wraps to 105.
  const IntegerNetwork network = oneLayer({8, 8, -9}, 1, 8);
  const Outcome wrapped = outcome(network, {15, 15, 15}, {Overflow::kWrap, {}});
  EXPECT_EQ(wrapped.sums, std::vector<std::int64_t>{105});
  EXPECT_EQ(wrapped.channels[0].overflows, 1);
  EXPECT_EQ(wrapped.channels[0].high, 240);
  EXPECT_EQ(wrapped.channels[0].low, -151);
}

TEST(ReferenceEngine, SaturatesAtEveryAddition) {
  // 120, 240 → stays at 127, 127 − 135 = −8: the order matters.
  const IntegerNetwork network = oneLayer({8, 8, -9}, 1, 8);
  const Outcome saturated = outcome(network, {15, 15, 15}, {Overflow::kSaturate, {}});
  EXPECT_EQ(saturated.sums, std::vector<std::int64_t>{-8});
  EXPECT_EQ(saturated.channels[0].overflows, 1);
}

TEST(ReferenceEngine, ExactCountsWithoutChangingAnything) {
  const IntegerNetwork network = oneLayer({8, 8, -9}, 1, 8);
  const Outcome exact = outcome(network, {15, 15, 15}, {Overflow::kExact, {}});
  EXPECT_EQ(exact.sums, std::vector<std::int64_t>{105});
  EXPECT_EQ(exact.channels[0].overflows, 1);
  EXPECT_EQ(outcome(network, {15, 15, 15}, {Overflow::kExact, BitWidth{9}}).channels[0].overflows,
            0);
}

TEST(ReferenceEngine, ALayerWithoutATargetStaysExact) {
  IntegerNetwork network = oneLayer({8, 8, -9}, 1, 8);
  std::get<DotProduct>(network.nodes[1].operation).weights.accumulator.reset();
  const Outcome free = outcome(network, {15, 15, 15}, {Overflow::kWrap, BitWidth{4}});
  EXPECT_EQ(free.sums, std::vector<std::int64_t>{105});
  EXPECT_EQ(free.channels[0].overflows, 0);
}

TEST(ReferenceEngine, RandomSumsEqualTwosComplementByHand) {
  std::mt19937 random(11);
  for (int round = 0; round < 200; ++round) {
    const std::int64_t channels = 1 + random() % 5;
    const std::int64_t k = 1 + random() % 40;
    const int bits = 4 + static_cast<int>(random() % 10);
    std::vector<std::int32_t> weights(static_cast<std::size_t>(channels * k));
    for (auto& weight : weights) weight = static_cast<std::int32_t>(random() % 255) - 127;
    std::vector<std::int32_t> codes(static_cast<std::size_t>(3 * k));
    for (auto& code : codes) code = static_cast<std::int32_t>(random() % 16);
    const IntegerNetwork network = oneLayer(weights, channels, bits);
    const Outcome wrapped = outcome(network, codes, {Overflow::kWrap, {}});
    for (std::int64_t sample = 0; sample < 3; ++sample) {
      for (std::int64_t c = 0; c < channels; ++c) {
        std::int64_t sum = 0;
        for (std::int64_t i = 0; i < k; ++i) {
          sum += std::int64_t{weights[static_cast<std::size_t>(c * k + i)]} *
                 codes[static_cast<std::size_t>(sample * k + i)];
        }
        const std::int64_t modulus = std::int64_t{1} << bits;
        std::int64_t expected = ((sum % modulus) + modulus) % modulus;
        if (expected >= modulus / 2) expected -= modulus;
        EXPECT_EQ(wrapped.sums[static_cast<std::size_t>(sample * channels + c)], expected);
      }
    }
  }
}

}  // namespace
}  // namespace a2q
