// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/quant/weight_kernel.h"

#include <cmath>

#include "core/quant/vector_lanes.h"

namespace a2q::kernel {
namespace {

constexpr double kLn2 = 0.693147180559945309417232121458;

/// Integer sums are flushed to 64 bits after so many vectors, before a lane can overflow:
/// 2^12 · (2^15 − 1) < 2^31 for the widest weights.
constexpr std::int64_t kFlushVectors = 4096;

/// Calls body(offset, count) for each vector of the row; the last one may be partial.
template <class T, class Body>
A2Q_INLINE void forVectors(std::int64_t k, const Body& body) {
  for (std::int64_t i = 0; i < k; i += Lanes<T>::kCount) body(i, k - i);
}

template <class T>
A2Q_INLINE double meanOf(const T* v, std::int64_t k) {
  Real<T> sum{};
  forVectors<T>(k, [&](std::int64_t i, std::int64_t left) { sum += load(v + i, left, T{0}); });
  return total<T>(sum) / static_cast<double>(k);
}

template <class T>
A2Q_INLINE double normOf(const T* v, T mean, std::int64_t k) {
  Real<T> sum{};
  forVectors<T>(k, [&](std::int64_t i, std::int64_t left) {
    sum += magnitude<T>(load(v + i, left, mean) - mean);
  });
  return total<T>(sum);
}

struct IntegerSums {
  std::int64_t positive = 0;
  std::int64_t negative = 0;
  std::int64_t zeros = 0;
};

/// min(⌊|x|⌋, L): towards zero. A value that is no number counts as 0, so that every row ends
/// inside its budget; a diverged run is noticed by its loss and its parameters.
template <class T>
A2Q_INLINE Whole<T> truncated(Real<T> x, T limit) {
  const Real<T> size = magnitude<T>(x);
  const Real<T> known = size >= T{0} ? size : Real<T>{};  // false for NaN
  return __builtin_convertvector(known < limit ? known : splat<T>(limit), Whole<T>);
}

/// The nearest integer, ties to even, of x clipped to one step beyond ±L.
template <class T>
A2Q_INLINE Real<T> rounded(Real<T> x, T limit) {
  const Real<T> low = splat<T>(-limit - 1);
  const Real<T> high = splat<T>(limit + 1);
  Real<T> clipped = x < low ? low : x;
  clipped = clipped > high ? high : clipped;
  return (clipped + Lanes<T>::kRounder) - Lanes<T>::kRounder;
}

template <class T>
A2Q_INLINE Real<T> clipped(Real<T> q, T limit) {
  const Real<T> low = splat<T>(-limit);
  const Real<T> high = splat<T>(limit);
  q = q < low ? low : q;
  return q > high ? high : q;
}

/// Quantizes the row with `code` (x → integers as Real) and counts S⁺, S⁻ and zeros.
template <class T, class Code>
A2Q_INLINE IntegerSums writeRow(const T* v, T mean, T ratio, T s, std::int64_t k, T* w,
                                const Code& code) {
  IntegerSums sums;
  const std::int64_t block = kFlushVectors * Lanes<T>::kCount;
  for (std::int64_t start = 0; start < k; start += block) {
    const std::int64_t length = std::min(block, k - start);
    Whole<T> positive{};
    Whole<T> negative{};
    Whole<T> zeros{};
    forVectors<T>(length, [&](std::int64_t i, std::int64_t left) {
      const Real<T> x = (load(v + start + i, left, mean) - mean) * ratio;
      const Real<T> q = code(x);
      const Whole<T> whole = __builtin_convertvector(q, Whole<T>);
      positive += whole > 0 ? whole : Whole<T>{};
      negative -= whole < 0 ? whole : Whole<T>{};
      zeros -= whole == 0;
      store<T>(w + start + i, left, q * s);
    });
    sums.positive += total<T>(positive);
    sums.negative += total<T>(negative);
    sums.zeros += total<T>(zeros);
  }
  const std::int64_t tail = k % Lanes<T>::kCount;
  if (tail != 0) sums.zeros -= Lanes<T>::kCount - tail;
  return sums;
}

template <class T>
A2Q_INLINE IntegerSums writeTruncated(const T* v, T mean, T ratio, T s, T limit, std::int64_t k,
                                      T* w) {
  return writeRow<T>(v, mean, ratio, s, k, w, [limit](Real<T> x) {
    const Real<T> size = __builtin_convertvector(truncated<T>(x, limit), Real<T>);
    return x < 0 ? -size : size;
  });
}

template <class T>
A2Q_INLINE void quantizeRowAs(const WeightRule& rule, const T* v, double s, double g,
                              std::int64_t k, T* w, double* stats) {
  s = std::max(s, kScaleFloor);
  g = std::max(g, kScaleFloor);
  const T limit = static_cast<T>(rule.limit);
  double mean = 0;
  double norm = 0;
  double ratio = 1 / s;
  double open = 1;
  IntegerSums sums;
  if (rule.constrained()) {
    if (rule.centred()) mean = static_cast<T>(meanOf(v, k));
    norm = normOf(v, static_cast<T>(mean), k);
    const double wanted = g / s;
    open = wanted <= rule.budget ? 1 : 0;
    const double c = std::min(wanted, rule.budget);
    ratio = c / std::max(norm, c * kScaleFloor);
    sums = writeTruncated<T>(v, static_cast<T>(mean), static_cast<T>(ratio), static_cast<T>(s),
                             limit, k, w);
    for (double step = 0x1p-22; !rule.holds(sums.positive, sums.negative); step *= 2) {
      ratio *= 1 - std::min(step, 0.5);
      sums = writeTruncated<T>(v, static_cast<T>(mean), static_cast<T>(ratio), static_cast<T>(s),
                               limit, k, w);
    }
  } else {
    sums = writeRow<T>(v, T{0}, static_cast<T>(ratio), static_cast<T>(s), k, w,
                       [limit](Real<T> x) { return clipped<T>(rounded<T>(x, limit), limit); });
  }
  stats[WeightStats::kMean] = mean;
  stats[WeightStats::kNorm] = norm;
  stats[WeightStats::kRatio] = ratio;
  stats[WeightStats::kScale] = s;
  stats[WeightStats::kOpen] = open;
  stats[WeightStats::kPositive] = static_cast<double>(sums.positive);
  stats[WeightStats::kNegative] = static_cast<double>(sums.negative);
  stats[WeightStats::kZeros] = static_cast<double>(sums.zeros);
}

/// 1 where x > 0, −1 where x < 0, else 0.
template <class T>
A2Q_INLINE Real<T> signOf(Real<T> x) {
  const Real<T> one = splat<T>(1);
  return x > 0 ? one : (x < 0 ? -one : Real<T>{});
}

/// h = R·s·m and q for one vector of a truncated row.
template <class T>
struct TruncatedTerms {
  Real<T> h;
  Real<T> q;
};

template <class T>
A2Q_INLINE TruncatedTerms<T> truncatedTerms(Real<T> x, Real<T> grad_w, T s, T limit) {
  const Real<T> size = magnitude<T>(x);
  const Real<T> whole = __builtin_convertvector(truncated<T>(x, limit), Real<T>);
  return {size < limit + 1 ? grad_w * s : Real<T>{}, x < 0 ? -whole : whole};
}

template <class T>
A2Q_INLINE RowGradients backwardTruncated(const WeightRule& rule, const T* v, const T* grad_w,
                                          const double* stats, std::int64_t k, T* grad_v) {
  const T limit = static_cast<T>(rule.limit);
  const T mean = static_cast<T>(stats[WeightStats::kMean]);
  const T ratio = static_cast<T>(stats[WeightStats::kRatio]);
  const T s = static_cast<T>(stats[WeightStats::kScale]);
  const double norm = stats[WeightStats::kNorm];
  Real<T> sum_hx{};
  Real<T> sum_rq{};
  Real<T> sum_h{};
  Real<T> sum_sign{};
  forVectors<T>(k, [&](std::int64_t i, std::int64_t left) {
    const Real<T> u = load(v + i, left, mean) - mean;
    const Real<T> r = load(grad_w + i, left, T{0});
    const Real<T> x = u * ratio;
    const TruncatedTerms<T> terms = truncatedTerms<T>(x, r, s, limit);
    sum_hx += terms.h * x;
    sum_rq += r * terms.q;
    sum_h += terms.h;
    sum_sign += signOf<T>(u);
  });
  const double inner = total<T>(sum_hx);  // S = Σ h·x
  const double shrink = norm > 0 ? inner / norm : 0;
  const double centre =
      rule.centred()
          ? (static_cast<double>(ratio) * total<T>(sum_h) - shrink * total<T>(sum_sign)) /
                static_cast<double>(k)
          : 0;
  const T pull = static_cast<T>(shrink);
  const T shift = static_cast<T>(centre);
  forVectors<T>(k, [&](std::int64_t i, std::int64_t left) {
    const Real<T> u = load(v + i, left, mean) - mean;
    const Real<T> r = load(grad_w + i, left, T{0});
    const TruncatedTerms<T> terms = truncatedTerms<T>(u * ratio, r, s, limit);
    store<T>(grad_v + i, left, terms.h * ratio - signOf<T>(u) * pull - shift);
  });
  const double open = stats[WeightStats::kOpen];
  const double through_scale = static_cast<double>(s) * total<T>(sum_rq);
  return {kLn2 * (through_scale - inner * open), kLn2 * inner * open};
}

template <class T>
A2Q_INLINE RowGradients backwardRounded(const WeightRule& rule, const T* v, const T* grad_w,
                                        const double* stats, std::int64_t k, T* grad_v) {
  const T limit = static_cast<T>(rule.limit);
  const T ratio = static_cast<T>(stats[WeightStats::kRatio]);
  Real<T> sum{};
  forVectors<T>(k, [&](std::int64_t i, std::int64_t left) {
    const Real<T> x = load(v + i, left, T{0}) * ratio;
    const Real<T> r = load(grad_w + i, left, T{0});
    const Real<T> nearest = rounded<T>(x, limit);
    const Whole<T> inside = magnitude<T>(nearest) <= limit;
    sum += r * (clipped<T>(nearest, limit) - (inside ? x : Real<T>{}));
    store<T>(grad_v + i, left, inside ? r : Real<T>{});
  });
  return {kLn2 * stats[WeightStats::kScale] * total<T>(sum), 0};
}

template <class T>
A2Q_INLINE RowGradients backwardRowAs(const WeightRule& rule, const T* v, const T* grad_w,
                                      const double* stats, std::int64_t k, T* grad_v) {
  RowGradients gradients = rule.constrained()
                               ? backwardTruncated<T>(rule, v, grad_w, stats, k, grad_v)
                               : backwardRounded<T>(rule, v, grad_w, stats, k, grad_v);
  // A floored scale does not move with d.
  if (stats[WeightStats::kScale] <= kScaleFloor) gradients.log_scale = 0;
  return gradients;
}

}  // namespace

A2Q_MULTIVERSION
void quantizeRow(const WeightRule& rule, const float* v, double s, double g, std::int64_t k,
                 float* w, double* stats) {
  quantizeRowAs<float>(rule, v, s, g, k, w, stats);
}

A2Q_MULTIVERSION
void quantizeRow(const WeightRule& rule, const double* v, double s, double g, std::int64_t k,
                 double* w, double* stats) {
  quantizeRowAs<double>(rule, v, s, g, k, w, stats);
}

A2Q_MULTIVERSION
RowGradients backwardRow(const WeightRule& rule, const float* v, const float* grad_w,
                         const double* stats, std::int64_t k, float* grad_v) {
  return backwardRowAs<float>(rule, v, grad_w, stats, k, grad_v);
}

A2Q_MULTIVERSION
RowGradients backwardRow(const WeightRule& rule, const double* v, const double* grad_w,
                         const double* stats, std::int64_t k, double* grad_v) {
  return backwardRowAs<double>(rule, v, grad_w, stats, k, grad_v);
}

}  // namespace a2q::kernel
