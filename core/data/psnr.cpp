// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/psnr.h"

#include <cmath>
#include <limits>

#include "core/data/resample.h"

namespace a2q {

double psnr(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b, const Shape& shape,
            std::int64_t border) {
  std::uint64_t squares = 0;  // exact: at most 2^16 a value
  std::uint64_t count = 0;
  for (std::int64_t channel = 0; channel < shape.channels; ++channel) {
    for (std::int64_t y = border; y < shape.height - border; ++y) {
      const std::int64_t row = (channel * shape.height + y) * shape.width;
      for (std::int64_t x = border; x < shape.width - border; ++x) {
        const auto at = static_cast<std::size_t>(row + x);
        const int difference = a[at] - b[at];
        squares += static_cast<std::uint64_t>(difference * difference);
        ++count;
      }
    }
  }
  if (count == 0) return std::numeric_limits<double>::quiet_NaN();
  if (squares == 0) return std::numeric_limits<double>::infinity();
  return 10 * std::log10(255.0 * 255.0 * static_cast<double>(count) / static_cast<double>(squares));
}

double bicubicPsnr(const PhotoSet& photos) {
  double sum = 0;
  for (const PhotoPair& pair : photos.pairs) {
    const Photo enlarged = resizeBicubic(pair.low, {pair.high.shape.height, pair.high.shape.width});
    sum += psnr(enlarged.pixels, pair.high.pixels, pair.high.shape, photos.factor);
  }
  return sum / static_cast<double>(photos.count());
}

}  // namespace a2q
