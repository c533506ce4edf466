// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bounds/accumulator_bounds.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

namespace a2q {
namespace {

constexpr IntegerFormat unsignedBits(int n) { return {{n}, Signedness::kUnsigned}; }
constexpr IntegerFormat signedBits(int n) { return {{n}, Signedness::kSigned}; }

// The published values: Colbert et al. 2024, Section 4 and Appendix B.
TEST(DataTypeBound, PublishedValues) {
  EXPECT_EQ(dataTypeBound(1024, {3}, unsignedBits(3)).bits, 17);
  EXPECT_EQ(dataTypeBound(4608, {3}, unsignedBits(3)).bits, 19);
  EXPECT_EQ(dataTypeBound(576, {3}, unsignedBits(3)).bits, 16);
  EXPECT_EQ(dataTypeBound(64, {4}, unsignedBits(2)).bits, 13);
  EXPECT_EQ(dataTypeBound(784, {4}, unsignedBits(8)).bits, 22);
  EXPECT_EQ(dataTypeBound(576, {4}, unsignedBits(4)).bits, 18);
}

TEST(DataTypeBound, AgreesWithTheLogarithmicForm) {
  for (DotLength k = 1; k <= 5000; k = k * 3 + 1) {
    for (int m = 2; m <= 8; ++m) {
      for (int n = 1; n <= 8; ++n) {
        for (int sgn = 0; sgn <= 1; ++sgn) {
          const double alpha = std::log2(static_cast<double>(k)) + n + m - 1 - sgn;
          const double published = alpha + std::log2(1 + std::exp2(-alpha)) + 1;
          const IntegerFormat inputs = sgn == 1 ? signedBits(n) : unsignedBits(n);
          EXPECT_EQ(dataTypeBound(k, {m}, inputs).bits, static_cast<int>(std::ceil(published)))
              << "K=" << k << " M=" << m << " N=" << n << " sgn=" << sgn;
        }
      }
    }
  }
}

TEST(DataTypeBound, ExtremesDoNotOverflow) {
  EXPECT_EQ(dataTypeBound(std::int64_t{1} << 40, {32}, unsignedBits(32)).bits, 105);
  EXPECT_EQ(dataTypeBound(std::numeric_limits<std::int64_t>::max(), {32}, unsignedBits(32)).bits,
            127);
  EXPECT_EQ(dataTypeBound(1, {2}, signedBits(1)).bits, 3);
}

TEST(LargestDotLength, IsTheLastOneTheBoundAllows) {
  for (int p = 2; p <= 40; ++p) {
    const Int128 k = largestDotLength({p}, {4}, unsignedBits(4));
    if (k > 0) {
      EXPECT_LE(dataTypeBound(static_cast<DotLength>(k), {4}, unsignedBits(4)).bits, p);
    }
    EXPECT_GT(dataTypeBound(static_cast<DotLength>(k) + 1, {4}, unsignedBits(4)).bits, p);
  }
  EXPECT_EQ(toString(largestDotLength({126}, {2}, signedBits(1))),
            toString((Int128{1} << 124) - 1));
}

TEST(SignedSums, SplitsBySign) {
  const std::array<std::int32_t, 5> weights = {3, -2, 0, 7, -5};
  EXPECT_EQ(signedSums(weights), (SignedSums{10, 7}));
  EXPECT_EQ(signedSums(weights).l1(), 17);
  const std::array<std::int32_t, 2> least = {std::numeric_limits<std::int32_t>::min(),
                                             std::numeric_limits<std::int32_t>::min()};
  EXPECT_EQ(signedSums(least).negative, std::int64_t{1} << 32);
}

TEST(ExactRange, CountsBothSigns) {
  EXPECT_EQ(exactRange({10, 7}, rangeOf(unsignedBits(4))), (AccumulatorRange{-105, 150}));
  EXPECT_EQ(exactRange({10, 7}, rangeOf(signedBits(4))), (AccumulatorRange{-129, 126}));
}

TEST(ExactRange, LargestSumsAndInputsFit) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
  const AccumulatorRange range = exactRange({kMost, kMost}, {kLeast, kMost});
  EXPECT_EQ(range.high, Int128{kMost} * kMost + Int128{kMost} * kMost + kMost);
  EXPECT_EQ(range.low, -range.high);
}

TEST(WithBias, CoversTheSumBeforeAndAfterIt) {
  EXPECT_EQ(withBias({-4, 9}, 3), (AccumulatorRange{-4, 12}));
  EXPECT_EQ(withBias({-4, 9}, -30), (AccumulatorRange{-34, 9}));
  EXPECT_EQ(withBias({-4, 9}, 0), (AccumulatorRange{-4, 9}));
}

TEST(SmallestAccumulator, AtThePowersOfTwo) {
  EXPECT_EQ(smallestAccumulator({0, 0}).bits, 1);
  EXPECT_EQ(smallestAccumulator({-1, 0}).bits, 1);
  EXPECT_EQ(smallestAccumulator({0, 1}).bits, 2);
  EXPECT_EQ(smallestAccumulator({-2, 1}).bits, 2);
  EXPECT_EQ(smallestAccumulator({-3, 0}).bits, 3);
  for (int p = 2; p <= 126; ++p) {
    const AccumulatorSpec spec{{p}};
    EXPECT_EQ(smallestAccumulator({spec.minimum(), spec.maximum()}).bits, p);
    EXPECT_EQ(smallestAccumulator({0, spec.maximum() + 1}).bits, p + 1);
    EXPECT_EQ(smallestAccumulator({spec.minimum() - 1, 0}).bits, p + 1);
  }
}

TEST(Witness, AttainsBothEnds) {
  const std::array<std::int32_t, 4> weights = {3, -2, 0, 1};
  const Witness high = witnessOf(weights, rangeOf(signedBits(3)), WitnessSide::kHigh);
  EXPECT_EQ(high.inputs, (std::vector<std::int64_t>{3, -4, -4, 3}));
  EXPECT_EQ(high.running_sums, (std::vector<Int128>{9, 17, 17, 20}));
  const Witness low = witnessOf(weights, rangeOf(signedBits(3)), WitnessSide::kLow);
  EXPECT_EQ(low.running_sums.back(), Int128{-22});
}

TEST(Witness, OfNothingIsEmpty) {
  const Witness witness = witnessOf({}, rangeOf(unsignedBits(4)), WitnessSide::kHigh);
  EXPECT_TRUE(witness.inputs.empty());
  EXPECT_TRUE(witness.running_sums.empty());
}

TEST(ToString, WholeRange) {
  EXPECT_EQ(toString(Int128{0}), "0");
  EXPECT_EQ(toString(Int128{-7}), "-7");
  EXPECT_EQ(toString((Int128{1} << 100)), "1267650600228229401496703205376");
  const Int128 most = ~(Int128{1} << 127);
  EXPECT_EQ(toString(most), "170141183460469231731687303715884105727");
  EXPECT_EQ(toString(-most - 1), "-170141183460469231731687303715884105728");
}

}  // namespace
}  // namespace a2q
