// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <random>

#include "tests/property/enumeration.h"

namespace a2q::testing {
namespace {

AccumulatorRange claimedRange(const Weights& weights, IntegerRange inputs) {
  return exactRange(signedSums(weights), inputs);
}

void expectExact(const Weights& weights, IntegerRange inputs) {
  ASSERT_EQ(claimedRange(weights, inputs), enumeratedRange(weights, inputs))
      << describeCase(weights, inputs);
}

/// Every channel of K weights in ±limit on every format up to `widest` bits.
void expectExactForAll(int k, int limit, int widest) {
  for (const IntegerFormat format : smallFormats(widest)) {
    forEachVector(k, -limit, limit,
                  [&](const Inputs& q) { expectExact(toWeights(q), rangeOf(format)); });
  }
}

TEST(ExactRangeProperty, EveryChannelOfOneAndTwo) {
  expectExactForAll(1, 15, 4);
  expectExactForAll(2, 7, 3);
}

TEST(ExactRangeProperty, EveryChannelOfThree) { expectExactForAll(3, 3, 3); }

TEST(ExactRangeProperty, EveryTernaryChannelOfFourAndFive) {
  expectExactForAll(4, 1, 2);
  expectExactForAll(5, 1, 2);
}

TEST(ExactRangeProperty, RandomChannelsOfFourAndFive) {
  std::mt19937 random(20240117);
  std::uniform_int_distribution<std::int32_t> weight(-127, 127);
  for (int repeat = 0; repeat < 60; ++repeat) {
    Weights weights(static_cast<std::size_t>(4 + repeat % 2));
    for (std::int32_t& q : weights) q = weight(random);
    for (const IntegerFormat format : smallFormats(2)) expectExact(weights, rangeOf(format));
  }
}

TEST(ExactRangeProperty, InputRangesThatAreNoFormat) {
  for (const IntegerRange inputs : {IntegerRange{0, 0}, {0, 5}, {-3, 0}, {-1, 4}, {-5, 2}}) {
    forEachVector(3, -3, 3, [&](const Inputs& q) { expectExact(toWeights(q), inputs); });
  }
}

// The subset argument itself: orders and adder trees played out one by one.
TEST(ExactRangeProperty, EveryOrderAndEveryAdderTreeStaysInside) {
  const IntegerRange inputs = {-2, 3};
  for (const Weights& weights : {Weights{3, -1, 2, -3}, {1, 1, -2, 3}, {-3, -3, 2, 0}}) {
    const AccumulatorRange claimed = claimedRange(weights, inputs);
    AccumulatorRange orders;
    AccumulatorRange trees;
    forEachVector(4, inputs.minimum, inputs.maximum, [&](const Inputs& x) {
      std::vector<std::int64_t> products;
      for (std::size_t i = 0; i < x.size(); ++i) products.push_back(weights[i] * x[i]);
      const AccumulatorRange order = rangeOverOrders(products);
      const AccumulatorRange tree = rangeOverTrees(products);
      orders = {std::min(orders.low, order.low), std::max(orders.high, order.high)};
      trees = {std::min(trees.low, tree.low), std::max(trees.high, tree.high)};
    });
    EXPECT_EQ(orders, claimed) << describeCase(weights, inputs);
    EXPECT_EQ(trees, claimed) << describeCase(weights, inputs);
  }
}

bool leaves(const Witness& witness, AccumulatorSpec accumulator) {
  for (const Int128 sum : witness.running_sums) {
    if (!accumulator.holds(sum, sum)) return true;
  }
  return false;
}

TEST(WitnessProperty, AttainsTheEndsWithCodesOfTheRange) {
  for (const IntegerFormat format : smallFormats(4)) {
    const IntegerRange inputs = rangeOf(format);
    forEachVector(4, -3, 3, [&](const Inputs& q) {
      const Weights weights = toWeights(q);
      const AccumulatorRange range = claimedRange(weights, inputs);
      const Witness high = witnessOf(weights, inputs, WitnessSide::kHigh);
      const Witness low = witnessOf(weights, inputs, WitnessSide::kLow);
      ASSERT_EQ(high.running_sums.back(), range.high) << describeCase(weights, inputs);
      ASSERT_EQ(low.running_sums.back(), range.low) << describeCase(weights, inputs);
      for (const std::int64_t x : high.inputs) {
        ASSERT_TRUE(inputs.minimum <= x && x <= inputs.maximum);
      }
    });
  }
}

TEST(SmallestAccumulatorProperty, HoldsAndOneBitLessOverflows) {
  for (const IntegerFormat format : smallFormats(4)) {
    const IntegerRange inputs = rangeOf(format);
    forEachVector(4, -3, 3, [&](const Inputs& q) {
      const Weights weights = toWeights(q);
      const BitWidth smallest = smallestAccumulator(claimedRange(weights, inputs));
      const Witness high = witnessOf(weights, inputs, WitnessSide::kHigh);
      const Witness low = witnessOf(weights, inputs, WitnessSide::kLow);
      const AccumulatorSpec enough{smallest};
      ASSERT_FALSE(leaves(high, enough) || leaves(low, enough)) << describeCase(weights, inputs);
      if (smallest.bits == 1) return;
      const AccumulatorSpec narrow{{smallest.bits - 1}};
      ASSERT_TRUE(leaves(high, narrow) || leaves(low, narrow)) << describeCase(weights, inputs);
    });
  }
}

TEST(BiasProperty, AnyPlaceOfTheBiasStaysInsideAndTheEndsAreReached) {
  const IntegerRange inputs = {-2, 3};
  const Weights weights = {2, -3, 1};
  for (std::int64_t bias = -20; bias <= 20; ++bias) {
    AccumulatorRange reached;
    forEachVector(3, inputs.minimum, inputs.maximum, [&](const Inputs& x) {
      const AccumulatorRange one =
          rangeOverOrders({weights[0] * x[0], weights[1] * x[1], weights[2] * x[2], bias});
      reached = {std::min(reached.low, one.low), std::max(reached.high, one.high)};
    });
    EXPECT_EQ(reached, withBias(claimedRange(weights, inputs), bias)) << bias;
  }
}

}  // namespace
}  // namespace a2q::testing
