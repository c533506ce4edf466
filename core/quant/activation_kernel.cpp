// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/quant/activation_kernel.h"

#include <algorithm>

#include "core/quant/multiversion.h"

namespace a2q::kernel {
namespace {

/// Rows narrower than this are folded together.
constexpr std::int64_t kWidth = 64;
constexpr float kRounder = 12582912.0F;  // 1.5·2^23: adding it rounds half to even

std::int64_t foldedWidth(std::int64_t channels) {
  return channels >= kWidth ? channels : channels * ((kWidth + channels - 1) / channels);
}

/// round(y/s) clipped to one step beyond the range, so that leaving it can be seen.
A2Q_INLINE float nearest(const ActivationRule& rule, float inverse, float y) {
  float z = y * inverse;
  z = z < rule.qmin - 1 ? rule.qmin - 1 : z;
  z = z > rule.qmax + 1 ? rule.qmax + 1 : z;
  return (z + kRounder) - kRounder;
}

A2Q_INLINE float clip(const ActivationRule& rule, float q) {
  q = q < rule.qmin ? rule.qmin : q;
  return q > rule.qmax ? rule.qmax : q;
}

A2Q_INLINE bool inside(const ActivationRule& rule, float q) {
  return q >= rule.qmin && q <= rule.qmax;
}

/// Rows that are summed in single precision before they join the double sums.
constexpr std::int64_t kBlockRows = 64;

void fold(const std::vector<float>& wide, std::int64_t channels, std::vector<double>& sums) {
  const auto stride = static_cast<std::size_t>(channels);
  for (std::size_t start = 0; start < wide.size(); start += stride) {
    for (std::size_t c = 0; c < stride; ++c) sums[c] += static_cast<double>(wide[start + c]);
  }
}

}  // namespace

std::vector<float> repeated(const float* values, std::int64_t channels, std::int64_t width) {
  std::vector<float> wide(static_cast<std::size_t>(width));
  for (std::int64_t i = 0; i < width; ++i) {
    wide[static_cast<std::size_t>(i)] = values[i % channels];
  }
  return wide;
}

AffinePattern::AffinePattern(Slab slab, const float* factor, const float* offset)
    : width_(foldedWidth(slab.channels)),
      factor_(repeated(factor, slab.channels, width_)),
      offset_(repeated(offset, slab.channels, width_)) {}

A2Q_MULTIVERSION
void quantizeActivations(const ActivationRule& rule, const AffinePattern& affine, const float* x,
                         std::int64_t count, float* a) {
  const ActivationRule r = rule;
  const float inverse = 1.0F / r.scale;
  const float* factor = affine.factor();
  const float* offset = affine.offset();
  for (std::int64_t start = 0; start < count; start += affine.width()) {
    const std::int64_t length = std::min(affine.width(), count - start);
    const float* in = x + start;
    float* out = a + start;
    for (std::int64_t i = 0; i < length; ++i) {
      const float y = in[i] * factor[i] + offset[i];
      out[i] = clip(r, nearest(r, inverse, y)) * r.scale;
    }
  }
}

A2Q_MULTIVERSION
void sumBackward(const ActivationRule& rule, const AffinePattern& affine, const float* centre,
                 const float* x, const float* grad, std::int64_t channels, std::int64_t count,
                 BackwardSums& sums) {
  const ActivationRule r = rule;
  const float inverse = 1.0F / r.scale;
  const float* factor = affine.factor();
  const float* offset = affine.offset();
  const std::int64_t width = affine.width();
  std::vector<float> sum_g(static_cast<std::size_t>(width));
  std::vector<float> sum_gx(sum_g.size());
  std::vector<float> sum_e(sum_g.size());
  float* g = sum_g.data();
  float* gx = sum_gx.data();
  float* e = sum_e.data();
  for (std::int64_t block = 0; block < count; block += width * kBlockRows) {
    const std::int64_t block_end = std::min(count, block + width * kBlockRows);
    std::fill_n(g, width, 0.0F);
    std::fill_n(gx, width, 0.0F);
    std::fill_n(e, width, 0.0F);
    for (std::int64_t start = block; start < block_end; start += width) {
      const std::int64_t length = std::min(width, block_end - start);
      const float* in = x + start;
      const float* slope = grad + start;
#pragma omp simd
      for (std::int64_t i = 0; i < length; ++i) {
        const float y = in[i] * factor[i] + offset[i];
        const float q = nearest(r, inverse, y);
        const bool within = inside(r, q);
        const float passed = within ? slope[i] : 0.0F;
        g[i] += passed;
        gx[i] += passed * (in[i] - centre[i]);
        e[i] += slope[i] * (clip(r, q) - (within ? y * inverse : 0.0F));
      }
    }
    fold(sum_g, channels, sums.g);
    fold(sum_gx, channels, sums.gx);
    fold(sum_e, channels, sums.residual);
  }
}

A2Q_MULTIVERSION
void writeBackward(const ActivationRule& rule, const AffinePattern& affine,
                   const BackwardPattern& pattern, const float* x, const float* grad,
                   std::int64_t count, float* grad_x) {
  const ActivationRule r = rule;
  const float inverse = 1.0F / r.scale;
  const float* factor = affine.factor();
  const float* offset = affine.offset();
  const float* slope = pattern.slope.data();
  const float* centre = pattern.centre.data();
  const float* along = pattern.along.data();
  const float* level = pattern.level.data();
  for (std::int64_t start = 0; start < count; start += affine.width()) {
    const std::int64_t length = std::min(affine.width(), count - start);
    const float* in = x + start;
    const float* down = grad + start;
    float* out = grad_x + start;
#pragma omp simd
    for (std::int64_t i = 0; i < length; ++i) {
      const float y = in[i] * factor[i] + offset[i];
      const float passed = inside(r, nearest(r, inverse, y)) ? down[i] : 0.0F;
      out[i] = passed * slope[i] - (in[i] - centre[i]) * along[i] - level[i];
    }
  }
}

void BackwardSums::add(const BackwardSums& other) {
  for (std::size_t i = 0; i < g.size(); ++i) {
    g[i] += other.g[i];
    gx[i] += other.gx[i];
    residual[i] += other.residual[i];
  }
}

void Moments::merge(const Moments& other) {
  if (other.count == 0) return;
  const double total = count + other.count;
  for (std::size_t i = 0; i < mean.size(); ++i) {
    const double delta = other.mean[i] - mean[i];
    mean[i] += delta * other.count / total;
    m2[i] += other.m2[i] + delta * delta * count * other.count / total;
  }
  count = total;
}

A2Q_MULTIVERSION
void addMoments(const float* x, Slab slab, Moments& moments) {
  const std::int64_t width = foldedWidth(slab.channels);
  const std::int64_t folds = width / slab.channels;
  std::vector<float> sum(static_cast<std::size_t>(width));
  std::vector<float> square(sum.size());
  std::vector<float> wide_mean(sum.size());
  std::vector<double> channel(static_cast<std::size_t>(slab.channels));
  float* total = sum.data();
  float* squares = square.data();
  const std::int64_t step = kBlockRows * folds;
  for (std::int64_t row = 0; row < slab.rows; row += step) {
    const std::int64_t rows = std::min(step, slab.rows - row);
    const float* block = x + row * slab.channels;
    const std::int64_t count = rows * slab.channels;
    std::fill_n(total, width, 0.0F);
    for (std::int64_t start = 0; start < count; start += width) {
      const std::int64_t length = std::min(width, count - start);
#pragma omp simd
      for (std::int64_t i = 0; i < length; ++i) total[i] += block[start + i];
    }
    std::fill(channel.begin(), channel.end(), 0.0);
    fold(sum, slab.channels, channel);
    Moments part(slab.channels);
    part.count = static_cast<double>(rows);
    for (std::size_t c = 0; c < channel.size(); ++c) {
      // Rounded to single precision: the deviations below are taken from this very value.
      part.mean[c] = static_cast<float>(channel[c] / part.count);
      for (std::int64_t f = 0; f < folds; ++f) {
        wide_mean[static_cast<std::size_t>(f * slab.channels) + c] =
            static_cast<float>(part.mean[c]);
      }
    }
    const float* mean = wide_mean.data();
    std::fill_n(squares, width, 0.0F);
    std::fill_n(total, width, 0.0F);
    for (std::int64_t start = 0; start < count; start += width) {
      const std::int64_t length = std::min(width, count - start);
#pragma omp simd
      for (std::int64_t i = 0; i < length; ++i) {
        const float deviation = block[start + i] - mean[i];
        squares[i] += deviation * deviation;
        total[i] += deviation;
      }
    }
    fold(square, slab.channels, part.m2);
    std::fill(channel.begin(), channel.end(), 0.0);
    fold(sum, slab.channels, channel);
    for (std::size_t c = 0; c < channel.size(); ++c) {
      part.m2[c] -= channel[c] * channel[c] / part.count;
      part.mean[c] += channel[c] / part.count;
    }
    moments.merge(part);
  }
}

}  // namespace a2q::kernel
