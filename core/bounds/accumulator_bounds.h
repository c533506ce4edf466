// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/bounds/integer_format.h"

namespace a2q {

/// How many values a dot product adds, K ≥ 1.
using DotLength = std::int64_t;

/// A signed two's-complement accumulator of P bits holds [−2^(P−1), 2^(P−1) − 1]; 1 ≤ P ≤ 126.
struct AccumulatorSpec {
  BitWidth width;
  [[nodiscard]] constexpr Int128 minimum() const { return -(Int128{1} << (width.bits - 1)); }
  [[nodiscard]] constexpr Int128 maximum() const { return (Int128{1} << (width.bits - 1)) - 1; }
  [[nodiscard]] constexpr bool holds(Int128 low, Int128 high) const {
    return minimum() <= low && high <= maximum();
  }
  bool operator==(const AccumulatorSpec&) const = default;
};

/// The two published L1 budgets: A2Q [Colbert et al. 2024, Eq. 5] bounds any weights, A2Q+ [Eq. 7]
/// bounds zero-centred ones.
enum class L1Rule { kA2q, kA2qPlus };

/// The largest ‖q‖₁ that P allows as an exact fraction:
/// A2Q (2^(P−1) − 1)·2^(sgn−N), A2Q+ (2^P − 2)/(2^N − 1).
struct L1Budget {
  Int128 numerator = 0;
  Int128 denominator = 1;
  [[nodiscard]] constexpr Int128 floor() const { return numerator / denominator; }
  /// l1 ≤ numerator/denominator, which for a whole l1 is l1 ≤ floor(): nothing can overflow.
  [[nodiscard]] constexpr bool allows(Int128 l1) const { return l1 <= floor(); }
  [[nodiscard]] double value() const {
    return static_cast<double>(numerator) / static_cast<double>(denominator);
  }
};

/// The budget of a rule; 1 ≤ P ≤ 126 and 1 ≤ N ≤ 32.
[[nodiscard]] L1Budget l1Budget(L1Rule rule, BitWidth accumulator, IntegerFormat inputs);

/// The smallest P whose budget allows a non-zero integer weight, floor(budget) ≥ 1 (for A2Q+ ≥ 2:
/// a zero-centred channel needs one weight of each sign).
[[nodiscard]] BitWidth leastUsefulAccumulator(L1Rule rule, IntegerFormat inputs);

/// The smallest P whose budget allows ‖q‖₁ = l1 ≥ 0; 1 ≤ N ≤ 32.
[[nodiscard]] BitWidth leastAccumulatorFor(L1Rule rule, std::int64_t l1, IntegerFormat inputs);

/// The data-type bound P* [Eq. 20–22]: the smallest P with
/// K·2^(N−sgn)·2^(M−1) ≤ 2^(P−1) − 1, whatever the weights are.
/// Exact for every K ≥ 1 with 1 ≤ M ≤ 32 and 1 ≤ N ≤ 32; at most 105 bits up to K = 2^40.
[[nodiscard]] BitWidth dataTypeBound(DotLength k, BitWidth weights, IntegerFormat inputs);

/// The largest K whose data-type bound is at most P, 0 when not even one product is safe;
/// 1 ≤ P ≤ 126, 1 ≤ M ≤ 32, 1 ≤ N ≤ 32.
[[nodiscard]] Int128 largestDotLength(BitWidth accumulator, BitWidth weights, IntegerFormat inputs);

/// S⁺ = Σ max(q,0) and S⁻ = Σ max(−q,0) of one channel.
struct SignedSums {
  std::int64_t positive = 0;
  std::int64_t negative = 0;
  [[nodiscard]] constexpr std::int64_t l1() const { return positive + negative; }
  bool operator==(const SignedSums&) const = default;
};

/// The sums of one channel, exact for K < 2^32.
[[nodiscard]] SignedSums signedSums(std::span<const std::int32_t> weights);

/// The exact range of every partial sum in any order, and of every node of an adder tree:
/// hi = xmax·S⁺ − xmin·S⁻, lo = xmin·S⁺ − xmax·S⁻.
struct AccumulatorRange {
  Int128 low = 0;
  Int128 high = 0;
  bool operator==(const AccumulatorRange&) const = default;
};

/// The exact range; no 64-bit sums and inputs can overflow it: |hi|, |lo| ≤ (2^63−1)·(2^64−1).
[[nodiscard]] AccumulatorRange exactRange(SignedSums sums, IntegerRange inputs);

/// The range once a bias is added inside the accumulator at any point of the sum, first and last
/// included. A bias folded into thresholds is not in the accumulator and is not counted.
[[nodiscard]] AccumulatorRange withBias(AccumulatorRange range, std::int64_t bias);

/// The least P with −2^(P−1) ≤ low and high ≤ 2^(P−1) − 1 (1 for the empty range [0, 0]).
[[nodiscard]] BitWidth smallestAccumulator(AccumulatorRange range);

/// What is left of a P-bit accumulator: bits = log2(limit / reached) towards the nearer limit
/// (+infinity when nothing is reached, negative when it overflows), percent = unused share of it.
/// For showing only: whether a channel is safe is decided with integers. The sign agrees with that
/// decision at any width, because it comes from an exact difference.
struct Margin {
  double bits = 0;
  double percent = 0;
};

/// The margin of a range of exactRange() or withBias() in an accumulator.
[[nodiscard]] Margin marginOf(AccumulatorRange range, AccumulatorSpec accumulator);

/// The margin of ‖q‖₁ = l1 ≥ 0 in a budget of l1Budget().
[[nodiscard]] Margin marginOf(std::int64_t l1, const L1Budget& budget);

enum class WitnessSide { kLow, kHigh };

/// The input vector (K codes) that attains the end of the exact range of a channel, with the
/// running sum after each product; the last of them is the end itself.
struct Witness {
  std::vector<std::int64_t> inputs;
  std::vector<Int128> running_sums;
};

[[nodiscard]] Witness witnessOf(std::span<const std::int32_t> weights, IntegerRange inputs,
                                WitnessSide side);

/// Decimal text of a 128-bit integer.
[[nodiscard]] std::string toString(Int128 value);

}  // namespace a2q
