// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "tests/property/enumeration.h"

namespace a2q::testing {
namespace {

bool neverOverflows(const AccumulatorRange& range, BitWidth accumulator) {
  return AccumulatorSpec{accumulator}.holds(range.low, range.high);
}

std::int64_t l1Of(const Inputs& values) {
  std::int64_t l1 = 0;
  for (const std::int64_t value : values) l1 += std::abs(value);
  return l1;
}

TEST(A2qBudgetProperty, NoWeightsInsideItOverflow) {
  std::int64_t inside = 0;
  for (const IntegerFormat format : smallFormats(3)) {
    forEachVector(3, -3, 3, [&](const Inputs& q) {
      const AccumulatorRange range = enumeratedRange(toWeights(q), rangeOf(format));
      for (int p = 2; p <= 10; ++p) {
        if (!l1Budget(L1Rule::kA2q, {p}, format).allows(l1Of(q))) continue;
        ++inside;
        ASSERT_TRUE(neverOverflows(range, {p}))
            << describeCase(toWeights(q), rangeOf(format)) << ", P = " << p;
      }
    });
  }
  EXPECT_GT(inside, 5000);
}

// With signed inputs the budget is tight: one unit more and a channel of one sign overflows.
TEST(A2qBudgetProperty, OneUnitMoreOverflowsWithSignedInputs) {
  for (int n = 1; n <= 16; ++n) {
    const IntegerFormat format = {{n}, Signedness::kSigned};
    for (int p = 2; p <= 60; ++p) {
      const Int128 floor = l1Budget(L1Rule::kA2q, {p}, format).floor();
      const auto l1 = static_cast<std::int64_t>(floor);
      EXPECT_TRUE(neverOverflows(exactRange({0, l1}, rangeOf(format)), {p}));
      EXPECT_FALSE(neverOverflows(exactRange({0, l1 + 1}, rangeOf(format)), {p}));
    }
  }
}

/// Calls `visit` with every vector of `length` integers in ±limit whose sum is zero.
void forEachCentred(int length, int limit, const std::function<void(const Inputs&)>& visit) {
  forEachVector(length - 1, -limit, limit, [&](const Inputs& head) {
    Inputs all = head;
    std::int64_t sum = 0;
    for (const std::int64_t value : head) sum += value;
    if (std::abs(sum) > limit) return;
    all.push_back(-sum);
    visit(all);
  });
}

/// A zero-centred real vector as numerators over one denominator: exact, and C++ division of
/// integers rounds toward zero as the quantizer does.
struct Centred {
  Inputs numerators;
  std::int64_t denominator;

  [[nodiscard]] bool within(const L1Budget& budget) const {
    return l1Of(numerators) * budget.denominator <= budget.numerator * denominator;
  }
  [[nodiscard]] Weights truncated() const {
    Weights weights;
    for (const std::int64_t value : numerators) {
      weights.push_back(static_cast<std::int32_t>(value / denominator));
    }
    return weights;
  }
};

void expectSafe(const Centred& vector, IntegerFormat format, int widest, std::int64_t& inside) {
  const Weights weights = vector.truncated();
  const AccumulatorRange range = exactRange(signedSums(weights), rangeOf(format));
  for (int p = 2; p <= widest; ++p) {
    if (!vector.within(l1Budget(L1Rule::kA2qPlus, {p}, format))) continue;
    ++inside;
    ASSERT_TRUE(neverOverflows(range, {p}))
        << describeCase(weights, rangeOf(format)) << ", P = " << p;
  }
}

TEST(A2qPlusBudgetProperty, NoTruncatedCentredVectorInsideItOverflows) {
  std::int64_t inside = 0;
  for (const IntegerFormat format : smallFormats(4)) {
    for (const std::int64_t denominator : {1, 2, 3, 4, 5, 7}) {
      for (int k = 2; k <= 5; ++k) {
        forEachCentred(k, k < 4 ? 24 : 10 - k, [&](const Inputs& numerators) {
          expectSafe({numerators, denominator}, format, 10, inside);
        });
      }
    }
  }
  EXPECT_GT(inside, 100000);
}

TEST(A2qPlusBudgetProperty, NeitherDoRandomLongOnes) {
  std::mt19937 random(20240118);
  std::uniform_int_distribution<std::int64_t> value(-4000, 4000);
  std::int64_t inside = 0;
  for (int repeat = 0; repeat < 4000; ++repeat) {
    Inputs numerators(static_cast<std::size_t>(2 + repeat % 63));
    std::int64_t sum = 0;
    for (std::size_t i = 1; i < numerators.size(); ++i) {
      numerators[i] = value(random);
      sum += numerators[i];
    }
    numerators.front() = -sum;
    for (const IntegerFormat format : smallFormats(8)) {
      expectSafe({numerators, 1 + repeat % 97}, format, 28, inside);
    }
  }
  EXPECT_GT(inside, 100000);
}

// The centred budget is tight to within the truncation: half of it on either side fills the range.
TEST(A2qPlusBudgetProperty, TwoUnitsMoreOverflow) {
  for (const IntegerFormat format : smallFormats(8)) {
    for (int p = format.width.bits + 1; p <= 40; ++p) {
      const Int128 floor = l1Budget(L1Rule::kA2qPlus, {p}, format).floor();
      const auto half = static_cast<std::int64_t>(floor / 2);
      EXPECT_TRUE(neverOverflows(exactRange({half, half}, rangeOf(format)), {p}));
      EXPECT_FALSE(neverOverflows(exactRange({half + 1, half + 1}, rangeOf(format)), {p}));
    }
  }
}

}  // namespace
}  // namespace a2q::testing
