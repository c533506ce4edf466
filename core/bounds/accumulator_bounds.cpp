// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bounds/accumulator_bounds.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace a2q {
namespace {

using UInt128 = unsigned __int128;

constexpr int kWidestAccumulator = 126;

/// How many bits a value ≥ 0 needs without a sign: 0 → 0, 1 → 1, 255 → 8, 256 → 9.
int bitLength(UInt128 value) {
  int bits = 0;
  for (; value != 0; value >>= 1) ++bits;
  return bits;
}

/// 2^(N−sgn)·2^(M−1): the magnitude that the data-type bound grants one product.
Int128 productMagnitude(BitWidth weights, IntegerFormat inputs) {
  return Int128{1} << (inputs.width.bits - (inputs.isSigned() ? 1 : 0) + weights.bits - 1);
}

template <class Accepts>
BitWidth firstWidth(Accepts accepts) {
  int bits = 1;
  while (bits < kWidestAccumulator && !accepts(BitWidth{bits})) ++bits;
  return {bits};
}

/// Margin towards one limit; both arguments ≥ 0.
Margin marginTowards(Int128 limit, Int128 reached) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (reached == 0) return {kInfinity, 100.0};
  if (limit == 0) return {-kInfinity, -kInfinity};
  // The difference is exact, so that a sum one above a wide limit still shows as below zero.
  const double left = static_cast<double>(limit - reached) / static_cast<double>(limit);
  const double ratio = static_cast<double>(limit) / static_cast<double>(reached);
  const double bits = left > 0.5 ? std::log2(ratio) : -std::log1p(-left) / std::numbers::ln2;
  return {bits, 100.0 * left};
}

}  // namespace

L1Budget l1Budget(L1Rule rule, BitWidth accumulator, IntegerFormat inputs) {
  const Int128 half = Int128{1} << (accumulator.bits - 1);
  const int n = inputs.width.bits;
  if (rule == L1Rule::kA2q) return {half - 1, Int128{1} << (n - (inputs.isSigned() ? 1 : 0))};
  return {2 * half - 2, (Int128{1} << n) - 1};
}

BitWidth leastUsefulAccumulator(L1Rule rule, IntegerFormat inputs) {
  return leastAccumulatorFor(rule, rule == L1Rule::kA2q ? 1 : 2, inputs);
}

BitWidth leastAccumulatorFor(L1Rule rule, std::int64_t l1, IntegerFormat inputs) {
  return firstWidth([&](BitWidth p) { return l1Budget(rule, p, inputs).allows(l1); });
}

BitWidth dataTypeBound(DotLength k, BitWidth weights, IntegerFormat inputs) {
  // need ≤ 2^(P−1) − 1 says that `need` has at most P − 1 bits.
  return {bitLength(static_cast<UInt128>(k * productMagnitude(weights, inputs))) + 1};
}

Int128 largestDotLength(BitWidth accumulator, BitWidth weights, IntegerFormat inputs) {
  return AccumulatorSpec{accumulator}.maximum() / productMagnitude(weights, inputs);
}

SignedSums signedSums(std::span<const std::int32_t> weights) {
  SignedSums sums;
  for (const std::int64_t weight : weights) (weight > 0 ? sums.positive : sums.negative) += weight;
  sums.negative = -sums.negative;
  return sums;
}

AccumulatorRange exactRange(SignedSums sums, IntegerRange inputs) {
  const Int128 positive = sums.positive;
  const Int128 negative = sums.negative;
  return {inputs.minimum * positive - inputs.maximum * negative,
          inputs.maximum * positive - inputs.minimum * negative};
}

AccumulatorRange withBias(AccumulatorRange range, std::int64_t bias) {
  return {std::min(range.low, range.low + bias), std::max(range.high, range.high + bias)};
}

BitWidth smallestAccumulator(AccumulatorRange range) {
  // −2^(P−1) ≤ low says −low − 1 ≤ 2^(P−1) − 1, and −low − 1 is ~low.
  const Int128 below = range.low < 0 ? ~range.low : 0;
  const Int128 above = std::max(range.high, Int128{0});
  return {bitLength(static_cast<UInt128>(std::max(below, above))) + 1};
}

Margin marginOf(AccumulatorRange range, AccumulatorSpec accumulator) {
  const Margin above = marginTowards(accumulator.maximum(), std::max(range.high, Int128{0}));
  const Margin below = marginTowards(-accumulator.minimum(), -std::min(range.low, Int128{0}));
  return above.bits < below.bits ? above : below;
}

Margin marginOf(std::int64_t l1, const L1Budget& budget) {
  return marginTowards(budget.numerator, l1 * budget.denominator);
}

Witness witnessOf(std::span<const std::int32_t> weights, IntegerRange inputs, WitnessSide side) {
  Witness witness;
  witness.inputs.reserve(weights.size());
  witness.running_sums.reserve(weights.size());
  Int128 sum = 0;
  for (const std::int32_t weight : weights) {
    const bool wanted = side == WitnessSide::kHigh ? weight > 0 : weight < 0;
    const std::int64_t input = wanted ? inputs.maximum : inputs.minimum;
    sum += Int128{weight} * input;
    witness.inputs.push_back(input);
    witness.running_sums.push_back(sum);
  }
  return witness;
}

std::string toString(Int128 value) {
  // Unsigned arithmetic, because the most negative value has no positive counterpart.
  const auto bits = static_cast<UInt128>(value);
  UInt128 rest = value < 0 ? UInt128{0} - bits : bits;
  std::string text;
  do {
    text.push_back(static_cast<char>('0' + static_cast<int>(rest % 10)));
    rest /= 10;
  } while (rest != 0);
  if (value < 0) text.push_back('-');
  std::reverse(text.begin(), text.end());
  return text;
}

}  // namespace a2q
