// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/plane_operations.h"

#include <algorithm>
#include <limits>

namespace a2q {
namespace {

std::int64_t planeSize(const Shape& shape) { return shape.height * shape.width; }

/// One operation on one sample.
struct RunPlanes {
  std::span<const PlaneView> in;
  const Shape& shape;
  std::int64_t* out;

  void operator()(const CodeInput&) const {}
  void operator()(const DotProduct&) const {}

  void operator()(const Thresholds& thresholds) const {
    const std::int64_t plane = planeSize(shape);
    const std::int64_t levels = thresholds.levels();
    for (std::int64_t c = 0; c < shape.channels; ++c) {
      const auto first = thresholds.values.begin() + c * levels;
      for (std::int64_t i = c * plane; i < (c + 1) * plane; ++i) {
        const auto reached = std::upper_bound(first, first + levels, in[0].values[i]) - first;
        out[i] = thresholds.format.minimum() + reached;
      }
    }
  }

  void operator()(const Pool& pool) const {
    std::int64_t* to = out;
    for (std::int64_t c = 0; c < shape.channels; ++c) {
      for (std::int64_t y = 0; y < shape.height; ++y) {
        for (std::int64_t x = 0; x < shape.width; ++x) *to++ = pooled(pool, c, y, x);
      }
    }
  }

  [[nodiscard]] std::int64_t pooled(const Pool& pool, std::int64_t c, std::int64_t y,
                                    std::int64_t x) const {
    const bool maximum = pool.operation == PoolOperation::kMaximum;
    const Shape& from = in[0].shape;
    const std::int64_t top = y * pool.stride.height - pool.padding.height;
    const std::int64_t left = x * pool.stride.width - pool.padding.width;
    const std::int64_t bottom = std::min(from.height, top + pool.kernel.height);
    const std::int64_t right = std::min(from.width, left + pool.kernel.width);
    std::int64_t result = maximum ? std::numeric_limits<std::int64_t>::min() : 0;
    for (std::int64_t iy = std::max<std::int64_t>(0, top); iy < bottom; ++iy) {
      const std::int64_t* row = in[0].values + (c * from.height + iy) * from.width;
      for (std::int64_t ix = std::max<std::int64_t>(0, left); ix < right; ++ix) {
        result = maximum ? std::max(result, row[ix]) : result + row[ix];
      }
    }
    return result;
  }

  void operator()(const Sum&) const {
    std::copy_n(in[0].values, shape.size(), out);
    for (const PlaneView& next : in.subspan(1)) {
      for (std::int64_t i = 0; i < shape.size(); ++i) out[i] += next.values[i];
    }
  }

  void operator()(const Concat&) const {
    std::int64_t* to = out;
    for (const PlaneView& next : in) to = std::copy_n(next.values, next.shape.size(), to);
  }

  void operator()(const Resize& resize) const {
    std::int64_t* to = out;
    for (std::int64_t c = 0; c < shape.channels; ++c) {
      for (std::int64_t y = 0; y < shape.height; ++y) {
        const std::int64_t* row =
            in[0].values + (c * in[0].shape.height + y / resize.factor) * in[0].shape.width;
        for (std::int64_t x = 0; x < shape.width; ++x) *to++ = row[x / resize.factor];
      }
    }
  }

  void operator()(const PixelShuffle& shuffle) const {
    const std::int64_t r = shuffle.factor;
    const Shape& from = in[0].shape;
    std::int64_t* to = out;
    for (std::int64_t c = 0; c < shape.channels; ++c) {
      for (std::int64_t y = 0; y < shape.height; ++y) {
        for (std::int64_t x = 0; x < shape.width; ++x) {
          const std::int64_t channel = (c * r + y % r) * r + x % r;
          *to++ = in[0].values[(channel * from.height + y / r) * from.width + x / r];
        }
      }
    }
  }

  void operator()(const Flatten&) const { std::copy_n(in[0].values, shape.size(), out); }

  void operator()(const Scores& scores) const {
    const std::int64_t plane = planeSize(shape);
    for (std::int64_t i = 0; i < shape.size(); ++i) {
      const auto c = static_cast<std::size_t>(i / plane);
      out[i] = in[0].values[i] * scores.multipliers[c] + scores.offsets[c];
    }
  }
};

}  // namespace

void runPlanes(const IntegerOperation& operation, std::span<const PlaneView> inputs,
               const Shape& shape, std::int64_t* out) {
  std::visit(RunPlanes{inputs, shape, out}, operation);
}

}  // namespace a2q
