// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/resample.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace a2q {

namespace {

/// Keys' cubic convolution kernel with a = -1/2.
double cubic(double x) {
  x = std::fabs(x);
  if (x <= 1) return (1.5 * x - 2.5) * x * x + 1;
  if (x < 2) return ((-0.5 * x + 2.5) * x - 4) * x + 2;
  return 0;
}

/// For every place of a resized line: where it takes its values from, and their weights.
struct Taps {
  std::size_t per_place = 0;
  std::vector<std::size_t> from;  // places × per_place
  std::vector<double> weight;     // alike; those of one place sum to 1
};

/// The index mirrored into 0 … count - 1, the outermost values being repeated once.
std::size_t mirrored(std::int64_t index, std::int64_t count) {
  const std::int64_t period = 2 * count;
  index = ((index % period) + period) % period;
  return static_cast<std::size_t>(index < count ? index : period - 1 - index);
}

Taps bicubicTaps(std::int64_t from, std::int64_t to) {
  const double scale = static_cast<double>(to) / static_cast<double>(from);
  const double squeeze = std::min(scale, 1.0);  // below 1 the kernel grows: antialiasing
  const double width = 4 / squeeze;
  Taps taps;
  taps.per_place = static_cast<std::size_t>(std::ceil(width)) + 2;
  for (std::int64_t place = 0; place < to; ++place) {
    // Pixel centres lie at halves; both lines cover the same length.
    const double centre = (static_cast<double>(place) + 0.5) / scale - 0.5;
    const auto first = static_cast<std::int64_t>(std::floor(centre - width / 2));
    double sum = 0;
    for (std::size_t tap = 0; tap < taps.per_place; ++tap) {
      const std::int64_t index = first + static_cast<std::int64_t>(tap);
      taps.from.push_back(mirrored(index, from));
      taps.weight.push_back(cubic(squeeze * (centre - static_cast<double>(index))));
      sum += taps.weight.back();
    }
    std::for_each(taps.weight.end() - static_cast<std::ptrdiff_t>(taps.per_place),
                  taps.weight.end(), [sum](double& weight) { weight /= sum; });
  }
  return taps;
}

Taps meanTaps(std::int64_t from, std::int64_t factor) {
  Taps taps;
  taps.per_place = static_cast<std::size_t>(factor);
  for (std::int64_t index = 0; index < from; ++index) {
    taps.from.push_back(static_cast<std::size_t>(index));
    taps.weight.push_back(1.0 / static_cast<double>(factor));
  }
  return taps;
}

std::uint8_t rounded(double value) {
  return static_cast<std::uint8_t>(std::floor(std::clamp(value, 0.0, 255.0) + 0.5));
}

/// Resizes one plane: first along the columns, then along the rows.
void resizePlane(std::span<const std::uint8_t> plane, std::size_t width, const Taps& vertical,
                 const Taps& horizontal, std::span<std::uint8_t> out) {
  const std::size_t height_to = vertical.from.size() / vertical.per_place;
  const std::size_t width_to = horizontal.from.size() / horizontal.per_place;
  std::vector<double> line(width);
  for (std::size_t y = 0; y < height_to; ++y) {
    std::fill(line.begin(), line.end(), 0.0);
    for (std::size_t tap = 0; tap < vertical.per_place; ++tap) {
      const double weight = vertical.weight[y * vertical.per_place + tap];
      const std::uint8_t* row = plane.data() + vertical.from[y * vertical.per_place + tap] * width;
      for (std::size_t x = 0; x < width; ++x) line[x] += weight * row[x];
    }
    for (std::size_t x = 0; x < width_to; ++x) {
      double sum = 0;
      for (std::size_t tap = 0; tap < horizontal.per_place; ++tap) {
        const std::size_t at = x * horizontal.per_place + tap;
        sum += horizontal.weight[at] * line[horizontal.from[at]];
      }
      out[y * width_to + x] = rounded(sum);
    }
  }
}

Photo resize(const Photo& photo, Extent size, const Taps& vertical, const Taps& horizontal) {
  Photo result{{photo.shape.channels, size.height, size.width}, {}};
  result.pixels.resize(static_cast<std::size_t>(result.shape.size()));
  const auto from = static_cast<std::size_t>(photo.shape.height * photo.shape.width);
  const auto to = static_cast<std::size_t>(size.height * size.width);
  for (std::size_t channel = 0; channel < static_cast<std::size_t>(photo.shape.channels);
       ++channel) {
    resizePlane(std::span(photo.pixels).subspan(channel * from, from),
                static_cast<std::size_t>(photo.shape.width), vertical, horizontal,
                std::span(result.pixels).subspan(channel * to, to));
  }
  return result;
}

}  // namespace

Photo resizeBicubic(const Photo& photo, Extent size) {
  return resize(photo, size, bicubicTaps(photo.shape.height, size.height),
                bicubicTaps(photo.shape.width, size.width));
}

Photo downscale(const Photo& photo, std::int64_t factor, Downscale kind) {
  const Extent size{photo.shape.height / factor, photo.shape.width / factor};
  if (kind == Downscale::kBicubic) return resizeBicubic(photo, size);
  return resize(photo, size, meanTaps(photo.shape.height, factor),
                meanTaps(photo.shape.width, factor));
}

Photo cropToMultiple(const Photo& photo, std::int64_t factor) {
  const Shape& shape = photo.shape;
  Photo result{
      {shape.channels, shape.height - shape.height % factor, shape.width - shape.width % factor},
      {}};
  result.pixels.reserve(static_cast<std::size_t>(result.shape.size()));
  for (std::int64_t channel = 0; channel < shape.channels; ++channel) {
    for (std::int64_t y = 0; y < result.shape.height; ++y) {
      const auto row = photo.pixels.begin() + (channel * shape.height + y) * shape.width;
      result.pixels.insert(result.pixels.end(), row, row + result.shape.width);
    }
  }
  return result;
}

Photo luminance(Photo photo) {
  if (photo.shape.channels == 1) return photo;
  photo.shape.channels = 1;
  const auto plane = static_cast<std::size_t>(photo.shape.size());
  for (std::size_t i = 0; i < plane; ++i) {
    const double red = photo.pixels[i];
    const double green = photo.pixels[plane + i];
    const double blue = photo.pixels[2 * plane + i];
    photo.pixels[i] = rounded(16 + (65.481 * red + 128.553 * green + 24.966 * blue) / 255);
  }
  photo.pixels.resize(plane);
  photo.pixels.shrink_to_fit();
  return photo;
}

Photo rgb(Photo photo) {
  if (photo.shape.channels == 3) return photo;
  photo.shape.channels = 3;
  const std::size_t plane = photo.pixels.size();
  photo.pixels.resize(3 * plane);
  std::copy_n(photo.pixels.begin(), plane,
              photo.pixels.begin() + static_cast<std::ptrdiff_t>(plane));
  std::copy_n(photo.pixels.begin(), plane,
              photo.pixels.begin() + static_cast<std::ptrdiff_t>(2 * plane));
  return photo;
}

}  // namespace a2q
