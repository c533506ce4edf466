// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bounds/certificate.h"

#include <gtest/gtest.h>

#include <functional>
#include <stdexcept>

#include "tests/core/bounds/two_channels.h"

namespace a2q {
namespace {

using testing::twoChannels;

TEST(LayerBound, ExactFactsOfEveryChannel) {
  const LayerBound layer = layerBound(twoChannels(BitWidth{6}, L1Rule::kA2q));
  ASSERT_EQ(layer.channels.size(), 2U);
  EXPECT_EQ(layer.channels[0].sums, (SignedSums{3, 2}));
  EXPECT_EQ(layer.channels[0].range, (AccumulatorRange{-6, 9}));
  EXPECT_EQ(layer.channels[0].smallest.bits, 5);
  EXPECT_EQ(layer.channels[1].range, (AccumulatorRange{-21, 0}));
  EXPECT_EQ(layer.channels[1].smallest.bits, 6);
  EXPECT_EQ(layer.worst, 1U);
  EXPECT_EQ(layer.range, (AccumulatorRange{-21, 9}));
  EXPECT_EQ(layer.smallest.bits, 6);
  EXPECT_EQ(layer.data_type_bound.bits, 8);
  EXPECT_DOUBLE_EQ(layer.sparsity, 0.5);
  EXPECT_EQ(layer.budget->floor(), Int128{7});
  EXPECT_TRUE(layer.safe());
  EXPECT_NEAR(layer.margin->percent, 100.0 * 11 / 32, 1e-9);
}

TEST(LayerBound, OneUnsafeChannelMakesTheLayerUnsafe) {
  const LayerBound layer = layerBound(twoChannels(BitWidth{5}));
  EXPECT_TRUE(layer.channels[0].safe);
  EXPECT_FALSE(layer.channels[1].safe);
  EXPECT_FALSE(layer.safe());
  EXPECT_LT(layer.margin->bits, 0.0);
  EXPECT_FALSE(layer.budget.has_value());
}

TEST(LayerBound, FreeLayerIsSafeWithoutMarginOrBudget) {
  const LayerBound layer = layerBound(twoChannels({}, L1Rule::kA2q));
  EXPECT_TRUE(layer.safe());
  EXPECT_FALSE(layer.margin.has_value());
  EXPECT_FALSE(layer.budget.has_value());
}

TEST(LayerBound, UsesTheCodesThatReallyOccur) {
  IntegerWeights weights = twoChannels(BitWidth{5});
  weights.input_range = {0, 2};
  EXPECT_TRUE(layerBound(weights).safe());
}

TEST(LayerBound, AllZeroWeights) {
  IntegerWeights weights = twoChannels(BitWidth{1});
  weights.values.assign(6, 0);
  const LayerBound layer = layerBound(weights);
  EXPECT_TRUE(layer.safe());
  EXPECT_EQ(layer.smallest.bits, 1);
  EXPECT_EQ(layer.worst, 0U);
  EXPECT_DOUBLE_EQ(layer.sparsity, 1.0);
}

TEST(LayerBound, InconsistentWeightsNeverComeOutAsSafe) {
  const std::vector<std::function<void(IntegerWeights&)>> mistakes = {
      [](IntegerWeights& w) { w.values.pop_back(); },
      [](IntegerWeights& w) { w.channels = 0; },
      [](IntegerWeights& w) { w.channels = -2, w.k = -3; },
      [](IntegerWeights& w) { w.k = std::int64_t{1} << 62; },
      [](IntegerWeights& w) { w.values[0] = 8; },
      [](IntegerWeights& w) { w.values[0] = -9; },
      [](IntegerWeights& w) { w.weight_bits = {0}; },
      [](IntegerWeights& w) { w.weight_bits = {33}; },
      [](IntegerWeights& w) { w.input_format.width = {0}; },
      [](IntegerWeights& w) { w.accumulator = BitWidth{127}; },
      [](IntegerWeights& w) { w.accumulator = BitWidth{0}; },
      [](IntegerWeights& w) {
        w.input_range = {1, 3};
      },
      [](IntegerWeights& w) {
        w.input_range = {0, 4};
      },
      [](IntegerWeights& w) {
        w.input_range = {-1, 3};
      },
  };
  for (std::size_t i = 0; i < mistakes.size(); ++i) {
    IntegerWeights weights = twoChannels(BitWidth{6});
    ASSERT_TRUE(isConsistent(weights));
    mistakes[i](weights);
    EXPECT_FALSE(isConsistent(weights)) << i;
    EXPECT_THROW((void)layerBound(weights), std::invalid_argument) << i;
  }
}

TEST(Certificate, IsSafeWhenEveryLayerIs) {
  const std::vector<IntegerWeights> good = {twoChannels(BitWidth{6}), twoChannels({})};
  EXPECT_TRUE(certify(good).safe());
  const std::vector<IntegerWeights> bad = {twoChannels(BitWidth{6}), twoChannels(BitWidth{5})};
  EXPECT_FALSE(certify(bad).safe());
  EXPECT_TRUE(certify({}).safe());
}

TEST(Certificate, WorstMarginIsTheLeastOne) {
  const std::vector<IntegerWeights> layers = {twoChannels(BitWidth{9}), twoChannels({}),
                                              twoChannels(BitWidth{7})};
  const Certificate certificate = certify(layers);
  EXPECT_EQ(certificate.worstMarginBits(), certificate.layers[2].margin->bits);
  const std::vector<IntegerWeights> free_layers = {twoChannels({})};
  EXPECT_FALSE(certify(free_layers).worstMarginBits().has_value());
}

}  // namespace
}  // namespace a2q
