// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <limits>

#include "core/bounds/accumulator_bounds.h"

namespace a2q {
namespace {

constexpr IntegerFormat unsignedBits(int n) { return {{n}, Signedness::kUnsigned}; }
constexpr IntegerFormat signedBits(int n) { return {{n}, Signedness::kSigned}; }

TEST(L1Budget, IsTheExactFraction) {
  const L1Budget a2q = l1Budget(L1Rule::kA2q, {16}, unsignedBits(4));
  EXPECT_EQ(a2q.numerator, Int128{32767});
  EXPECT_EQ(a2q.denominator, Int128{16});
  EXPECT_EQ(a2q.floor(), Int128{2047});
  EXPECT_DOUBLE_EQ(a2q.value(), 2047.9375);
  const L1Budget plus = l1Budget(L1Rule::kA2qPlus, {16}, unsignedBits(4));
  EXPECT_EQ(plus.numerator, Int128{65534});
  EXPECT_EQ(plus.denominator, Int128{15});
  EXPECT_EQ(plus.floor(), Int128{4368});
}

TEST(L1Budget, SignedInputsDoubleTheA2qBudgetOnly) {
  EXPECT_EQ(l1Budget(L1Rule::kA2q, {16}, signedBits(4)).denominator, Int128{8});
  EXPECT_EQ(l1Budget(L1Rule::kA2qPlus, {16}, signedBits(4)).denominator, Int128{15});
  EXPECT_EQ(l1Budget(L1Rule::kA2q, {8}, signedBits(1)).denominator, Int128{1});
}

TEST(L1Budget, A2qPlusIsNeverSmaller) {
  for (int p = 2; p <= 126; ++p) {
    for (int n = 1; n <= 32; ++n) {
      const L1Budget plus = l1Budget(L1Rule::kA2qPlus, {p}, unsignedBits(n));
      EXPECT_GE(plus.floor(), l1Budget(L1Rule::kA2q, {p}, unsignedBits(n)).floor());
      EXPECT_GE(plus.floor(), l1Budget(L1Rule::kA2q, {p}, signedBits(n)).floor());
    }
  }
}

TEST(L1Budget, AllowsUpToItsFloor) {
  for (const L1Rule rule : {L1Rule::kA2q, L1Rule::kA2qPlus}) {
    for (int p = 1; p <= 126; ++p) {
      const L1Budget budget = l1Budget(rule, {p}, unsignedBits(8));
      EXPECT_TRUE(budget.allows(budget.floor()));
      EXPECT_FALSE(budget.allows(budget.floor() + 1));
      EXPECT_TRUE(budget.allows(0));
    }
  }
}

TEST(L1Budget, AllowsDoesNotOverflow) {
  const Int128 most = ~(Int128{1} << 127);
  EXPECT_FALSE(l1Budget(L1Rule::kA2q, {126}, unsignedBits(32)).allows(most));
  EXPECT_FALSE(l1Budget(L1Rule::kA2qPlus, {126}, unsignedBits(32)).allows(most));
}

TEST(LeastUsefulAccumulator, ClosedForms) {
  for (int n = 1; n <= 32; ++n) {
    EXPECT_EQ(leastUsefulAccumulator(L1Rule::kA2q, unsignedBits(n)).bits, n + 2);
    EXPECT_EQ(leastUsefulAccumulator(L1Rule::kA2q, signedBits(n)).bits, n + 1);
    EXPECT_EQ(leastUsefulAccumulator(L1Rule::kA2qPlus, unsignedBits(n)).bits, n + 1);
    EXPECT_EQ(leastUsefulAccumulator(L1Rule::kA2qPlus, signedBits(n)).bits, n + 1);
  }
}

TEST(LeastAccumulatorFor, IsTheFirstThatAllows) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  for (const L1Rule rule : {L1Rule::kA2q, L1Rule::kA2qPlus}) {
    for (const std::int64_t l1 : {std::int64_t{1}, std::int64_t{255}, std::int64_t{256}, kMost}) {
      const BitWidth p = leastAccumulatorFor(rule, l1, unsignedBits(32));
      EXPECT_TRUE(l1Budget(rule, p, unsignedBits(32)).allows(l1));
      EXPECT_FALSE(l1Budget(rule, {p.bits - 1}, unsignedBits(32)).allows(l1));
    }
    EXPECT_EQ(leastAccumulatorFor(rule, 0, unsignedBits(8)).bits, 1);
  }
}

// Zero-centred weights may break the sign-blind test and still never overflow.
TEST(L1Budget, A2qPlusWeightsMayBreakTheSignBlindTest) {
  const IntegerFormat inputs = unsignedBits(2);
  const AccumulatorSpec accumulator{{5}};
  const SignedSums sums = {5, 5};
  ASSERT_TRUE(l1Budget(L1Rule::kA2qPlus, accumulator.width, inputs).allows(sums.l1()));
  ASSERT_GT(sums.l1() * inputs.maximum(), accumulator.maximum());
  const AccumulatorRange range = exactRange(sums, rangeOf(inputs));
  EXPECT_TRUE(accumulator.holds(range.low, range.high));
}

}  // namespace
}  // namespace a2q
