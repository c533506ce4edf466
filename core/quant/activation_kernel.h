// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/bounds/integer_format.h"

namespace a2q::kernel {

/// A stretch of `rows` × `channels` values, channel-fastest (NHWC). The kernels fold narrow
/// channels into wider rows, so every tensor of the network can be seen this way.
struct Slab {
  std::int64_t rows = 0;
  std::int64_t channels = 0;
};

/// y = x·factor[c] + offset[c] (a batch norm, or the identity), then
/// q = clip(round(y/s), qmin, qmax) and a = q·s: activation quantizer of N bits, scale s = 2^d.
struct ActivationRule {
  float scale = 1;
  float qmin = 0;
  float qmax = 0;
};

/// Per-channel constants of the affine part, repeated until a row is wide enough to vectorise.
class AffinePattern {
 public:
  AffinePattern(Slab slab, const float* factor, const float* offset);
  [[nodiscard]] std::int64_t width() const { return width_; }
  [[nodiscard]] const float* factor() const { return factor_.data(); }
  [[nodiscard]] const float* offset() const { return offset_.data(); }

 private:
  std::int64_t width_;
  std::vector<float> factor_;
  std::vector<float> offset_;
};

/// Quantizes `count` values whose first belongs to channel 0.
void quantizeActivations(const ActivationRule& rule, const AffinePattern& affine, const float* x,
                         std::int64_t count, float* a);

/// Sums of a backward pass, per channel: g = R·[inside the clip].
struct BackwardSums {
  std::vector<double> g;         ///< Σ g
  std::vector<double> gx;        ///< Σ g·x
  std::vector<double> residual;  ///< Σ R·(q − y/s·[inside])
  explicit BackwardSums(std::int64_t channels)
      : g(static_cast<std::size_t>(channels)), gx(g.size()), residual(g.size()) {}
  void add(const BackwardSums& other);
};

/// First backward pass over `count` values: reads x and R = ∂loss/∂a. x is taken less
/// `centre[c]` in Σ g·x, so that the sum stays small.
void sumBackward(const ActivationRule& rule, const AffinePattern& affine, const float* centre,
                 const float* x, const float* grad, std::int64_t channels, std::int64_t count,
                 BackwardSums& sums);

/// Second backward pass: ∂loss/∂x = slope[c]·g − (x − centre[c])·along[c] − level[c].
struct BackwardPattern {
  std::vector<float> slope;
  std::vector<float> centre;
  std::vector<float> along;
  std::vector<float> level;
};
void writeBackward(const ActivationRule& rule, const AffinePattern& affine,
                   const BackwardPattern& pattern, const float* x, const float* grad,
                   std::int64_t count, float* grad_x);

/// Mean and sum of squared deviations per channel over `rows` rows, merged into (count, mean, m2)
/// by Chan's formula: one pass over memory, two over the cache.
struct Moments {
  double count = 0;
  std::vector<double> mean;
  std::vector<double> m2;
  explicit Moments(std::int64_t channels)
      : mean(static_cast<std::size_t>(channels)), m2(mean.size()) {}
  void merge(const Moments& other);
};
void addMoments(const float* x, Slab slab, Moments& moments);

/// Repeats per-channel values to the width of a pattern.
[[nodiscard]] std::vector<float> repeated(const float* values, std::int64_t channels,
                                          std::int64_t width);

}  // namespace a2q::kernel
