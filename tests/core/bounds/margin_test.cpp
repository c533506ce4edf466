// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/bounds/accumulator_bounds.h"

namespace a2q {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(Margin, TowardsTheNearerLimit) {
  const Margin above = marginOf({-10, 63}, AccumulatorSpec{{8}});
  EXPECT_DOUBLE_EQ(above.bits, std::log2(127.0 / 63.0));
  EXPECT_DOUBLE_EQ(above.percent, 100.0 * 64.0 / 127.0);
  const Margin below = marginOf({-32, 10}, AccumulatorSpec{{8}});
  EXPECT_DOUBLE_EQ(below.bits, 2.0);
  EXPECT_DOUBLE_EQ(below.percent, 75.0);
}

TEST(Margin, NothingReachedIsInfinite) {
  const Margin margin = marginOf({0, 0}, AccumulatorSpec{{8}});
  EXPECT_EQ(margin.bits, kInfinity);
  EXPECT_EQ(margin.percent, 100.0);
}

TEST(Margin, FullAccumulatorHasNone) {
  const Margin margin = marginOf({-128, 127}, AccumulatorSpec{{8}});
  EXPECT_EQ(margin.bits, 0.0);
  EXPECT_EQ(margin.percent, 0.0);
}

TEST(Margin, OneBitAccumulatorHoldsNothingPositive) {
  EXPECT_EQ(marginOf({0, 1}, AccumulatorSpec{{1}}).bits, -kInfinity);
  EXPECT_EQ(marginOf({-1, 0}, AccumulatorSpec{{1}}).bits, 0.0);
}

// A double has no room for the last unit of a wide accumulator; the sign must be right all the
// same.
TEST(Margin, SignAgreesWithTheDecisionAtEveryWidth) {
  for (int p = 2; p <= 126; ++p) {
    const AccumulatorSpec spec{{p}};
    EXPECT_LT(marginOf({0, spec.maximum() + 1}, spec).bits, 0.0) << p;
    EXPECT_LT(marginOf({spec.minimum() - 1, 0}, spec).bits, 0.0) << p;
    EXPECT_EQ(marginOf({0, spec.maximum()}, spec).bits, 0.0) << p;
    EXPECT_GT(marginOf({0, spec.maximum() - 1}, spec).bits, 0.0) << p;
  }
}

TEST(Margin, OfABudget) {
  const L1Budget budget = l1Budget(L1Rule::kA2q, {16}, {{4}, Signedness::kUnsigned});
  EXPECT_DOUBLE_EQ(marginOf(1000, budget).bits, std::log2(32767.0 / 16000.0));
  EXPECT_DOUBLE_EQ(marginOf(1000, budget).percent, 100.0 * 16767.0 / 32767.0);
  EXPECT_EQ(marginOf(0, budget).bits, kInfinity);
  EXPECT_GT(marginOf(2047, budget).bits, 0.0);
  EXPECT_LT(marginOf(2048, budget).bits, 0.0);
  EXPECT_LT(marginOf(4096, budget).percent, -99.0);
}

}  // namespace
}  // namespace a2q
