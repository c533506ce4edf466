// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/stream_timing.h"

#include <algorithm>
#include <cmath>

namespace a2q {
namespace {

/// When `count` of `beats` beats of a pixel have come.
double arrivalOf(const PixelTime& pixel, std::int64_t beats, std::int64_t count) {
  if (count >= beats) return pixel.last;
  if (count == 1) return pixel.first;
  const auto share = static_cast<double>(count - 1) / static_cast<double>(beats - 1);
  return pixel.first + share * (pixel.last - pixel.first);
}

/// How many of `beats` beats of a pixel have come at a time.
double cameBefore(const PixelTime& pixel, std::int64_t beats, double time) {
  if (time < pixel.first) return 0;
  if (time >= pixel.last) return static_cast<double>(beats);
  const double share = (time - pixel.first) / (pixel.last - pixel.first);
  return 1 + share * static_cast<double>(beats - 1);
}

}  // namespace

PixelStream evenStream(std::int64_t pixels, std::int64_t beats, double spacing) {
  PixelStream out{beats / pixels, {}};
  out.pixels.reserve(static_cast<std::size_t>(pixels));
  for (std::int64_t i = 0; i < pixels; ++i) {
    const double first = static_cast<double>(i * out.beats) * spacing;
    out.pixels.push_back({first, first + static_cast<double>(out.beats - 1) * spacing});
  }
  return out;
}

PixelStream seenAs(PixelStream stream, std::int64_t pixels) {
  const auto given = static_cast<std::int64_t>(stream.pixels.size());
  if (given == pixels) return stream;
  const std::int64_t beats = stream.beats * given;
  const PixelTime all{stream.first(), stream.last()};
  PixelStream out{beats / pixels, {}};
  for (std::int64_t i = 0; i < pixels; ++i)
    out.pixels.push_back(
        {arrivalOf(all, beats, i * out.beats + 1), arrivalOf(all, beats, (i + 1) * out.beats)});
  return out;
}

void delayUntil(PixelTimes& pixels, const PixelTimes& times) {
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    pixels[i].first = std::max(pixels[i].first, times[i].first);
    pixels[i].last = std::max(pixels[i].last, times[i].last);
  }
}

std::int64_t mostWaiting(const PixelStream& stream, const PixelTimes& taken, double period) {
  const std::size_t count = stream.pixels.size();
  const auto beats = static_cast<double>(stream.beats);
  std::size_t next = 0;  // the first pixel that has not come whole, of its sample
  double later = 0;      // when that sample begins
  double come = 0;       // beats of pixels that have come whole
  double most = 0;
  const auto look = [&](double time, double gone) {
    while (stream.pixels[next].last + later <= time) {
      come += beats;
      if (++next < count) continue;
      next = 0;
      later += period;
    }
    if (come + beats - gone <= most) return;  // not even with the whole of the next pixel
    const PixelTime arrival{stream.pixels[next].first + later, stream.pixels[next].last + later};
    most = std::max(most, come + cameBefore(arrival, stream.beats, time) - gone);
  };
  // Most waits when a pixel begins to be taken, or when all are: more may come after.
  for (std::size_t i = 0; i < count; ++i) look(taken[i].first, static_cast<double>(i) * beats);
  look(taken.back().last, static_cast<double>(count) * beats);
  return static_cast<std::int64_t>(std::ceil(most));
}

}  // namespace a2q
