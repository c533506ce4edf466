// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "tests/property/enumeration.h"

namespace a2q::testing {
namespace {

TEST(DataTypeBoundProperty, SufficesForEveryChannelAndInput) {
  for (const IntegerFormat format : smallFormats(3)) {
    for (int m = 2; m <= 3; ++m) {
      const std::int64_t limit = std::int64_t{1} << (m - 1);
      for (int k = 1; k <= 3; ++k) {
        const AccumulatorSpec bound{dataTypeBound(k, {m}, format)};
        forEachVector(k, -limit, limit - 1, [&](const Inputs& q) {
          const AccumulatorRange range = enumeratedRange(toWeights(q), rangeOf(format));
          ASSERT_TRUE(bound.holds(range.low, range.high))
              << describeCase(toWeights(q), rangeOf(format)) << ", P = " << bound.width.bits;
        });
      }
    }
  }
}

TEST(DataTypeBoundProperty, SufficesForTheLargestWeightsOfEveryWidth) {
  for (const IntegerFormat format : smallFormats(16)) {
    for (int m = 2; m <= 16; ++m) {
      const std::int64_t limit = std::int64_t{1} << (m - 1);
      for (const DotLength k : {1, 2, 3, 27, 576, 4608, 1 << 20}) {
        const AccumulatorSpec bound{dataTypeBound(k, {m}, format)};
        for (const SignedSums sums : {SignedSums{k * (limit - 1), 0}, SignedSums{0, k * limit}}) {
          const AccumulatorRange range = exactRange(sums, rangeOf(format));
          ASSERT_TRUE(bound.holds(range.low, range.high)) << "K=" << k << " M=" << m;
        }
      }
    }
  }
}

// Full-range weights on signed inputs attain the product that the bound counts, so that one bit
// less overflows in fact and not by the inequality alone.
TEST(DataTypeBoundProperty, OneBitLessOverflowsWithSignedInputs) {
  for (int n = 1; n <= 16; ++n) {
    const IntegerFormat format = {{n}, Signedness::kSigned};
    for (int m = 2; m <= 16; ++m) {
      for (DotLength k = 1; k < 5000; k = 2 * k + 1) {
        const BitWidth bound = dataTypeBound(k, {m}, format);
        const SignedSums sums = {0, k * (std::int64_t{1} << (m - 1))};
        const AccumulatorRange range = exactRange(sums, rangeOf(format));
        ASSERT_EQ(smallestAccumulator(range), bound) << "K=" << k << " M=" << m << " N=" << n;
      }
    }
  }
}

TEST(DataTypeBoundProperty, IsTheLeastSolutionOfTheInequality) {
  for (const IntegerFormat format : smallFormats(8)) {
    const int n = format.width.bits - (format.isSigned() ? 1 : 0);
    for (int m = 2; m <= 8; ++m) {
      for (DotLength k = 1; k < 100000; k = 3 * k + 1) {
        const Int128 need = Int128{k} << (n + m - 1);
        const BitWidth bound = dataTypeBound(k, {m}, format);
        ASSERT_LE(need, AccumulatorSpec{bound}.maximum());
        ASSERT_GT(need, AccumulatorSpec{{bound.bits - 1}}.maximum());
      }
    }
  }
}

}  // namespace
}  // namespace a2q::testing
