// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <random>

#include "core/bounds/certificate.h"
#include "core/integer/witness_replay.h"

namespace a2q::testing {
namespace {

using Random = std::mt19937_64;

int uniform(Random& random, int low, int high) {
  return std::uniform_int_distribution<int>(low, high)(random);
}

/// A layer of random K, M, N, sign, density and target P.
IntegerWeights randomLayer(Random& random) {
  IntegerWeights layer;
  layer.layer = "random";
  layer.channels = uniform(random, 1, 4);
  layer.k = uniform(random, 1, 96);
  layer.weight_bits = {uniform(random, 2, 8)};
  layer.input_format = {{uniform(random, 1, 8)}, static_cast<Signedness>(uniform(random, 0, 1))};
  layer.input_range = rangeOf(layer.input_format);
  layer.accumulator = BitWidth{uniform(random, 2, 22)};
  const int limit = static_cast<int>(weightLimit(layer.weight_bits));
  const int density = uniform(random, 0, 10);
  for (std::int64_t i = 0; i < layer.channels * layer.k; ++i) {
    const bool zero = uniform(random, 1, 10) > density;
    layer.values.push_back(zero ? 0 : uniform(random, -limit, limit));
  }
  return layer;
}

/// Whether the real engine sees an overflow of `inputs` at P bits, in either mode.
bool overflows(const IntegerWeights& layer, std::int64_t channel,
               const std::vector<std::int64_t>& inputs, BitWidth accumulator) {
  const auto outcomes = replay(layer, channel, inputs, {accumulator});
  if (!outcomes) throw std::runtime_error(describe(outcomes.error()));
  EXPECT_EQ(outcomes->at(0).overflowed, outcomes->at(1).overflowed);
  return outcomes->at(0).overflowed;
}

bool aWitnessOverflows(const IntegerWeights& layer, std::int64_t channel, BitWidth accumulator) {
  const auto row = layer.channel(channel);
  for (const WitnessSide side : {WitnessSide::kLow, WitnessSide::kHigh}) {
    const Witness witness = witnessOf(row, layer.input_range, side);
    if (overflows(layer, channel, witness.inputs, accumulator)) return true;
  }
  return false;
}

TEST(CertificateProperty, SafeExactlyWhereNoWitnessOverflowsInTheEngine) {
  Random random(20261123);
  int safe = 0;
  int unsafe = 0;
  for (int repeat = 0; repeat < 600; ++repeat) {
    const IntegerWeights layer = randomLayer(random);
    const LayerBound bound = layerBound(layer);
    for (std::int64_t c = 0; c < layer.channels; ++c) {
      const bool claimed = bound.channels[static_cast<std::size_t>(c)].safe;
      ASSERT_EQ(claimed, !aWitnessOverflows(layer, c, *layer.accumulator))
          << "repeat " << repeat << " channel " << c;
      ++(claimed ? safe : unsafe);
    }
  }
  EXPECT_GT(safe, 300);
  EXPECT_GT(unsafe, 300);
}

TEST(CertificateProperty, SmallestWidthHoldsForRandomInputsAndOneBitLessDoesNot) {
  Random random(7);
  for (int repeat = 0; repeat < 300; ++repeat) {
    const IntegerWeights layer = randomLayer(random);
    const LayerBound bound = layerBound(layer);
    for (std::int64_t c = 0; c < layer.channels; ++c) {
      const BitWidth smallest = bound.channels[static_cast<std::size_t>(c)].smallest;
      ASSERT_FALSE(aWitnessOverflows(layer, c, smallest)) << repeat;
      std::uniform_int_distribution<std::int64_t> code(layer.input_range.minimum,
                                                       layer.input_range.maximum);
      for (int input = 0; input < 10; ++input) {
        std::vector<std::int64_t> inputs(static_cast<std::size_t>(layer.k));
        for (std::int64_t& x : inputs) x = code(random);
        ASSERT_FALSE(overflows(layer, c, inputs, smallest)) << repeat;
      }
      if (smallest.bits == 1) continue;
      ASSERT_TRUE(aWitnessOverflows(layer, c, {smallest.bits - 1})) << repeat;
    }
  }
}

}  // namespace
}  // namespace a2q::testing
