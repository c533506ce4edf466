// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace a2q {

/// When the first and the last beat of a pixel can be taken, in cycles; those between come evenly.
struct PixelTime {
  double first = 0;
  double last = 0;
};

using PixelTimes = std::vector<PixelTime>;

/// The period of samples of which there is only one.
inline constexpr double kNever = 1e15;

/// One sample of a stream, pixel by pixel.
struct PixelStream {
  std::int64_t beats = 1;  ///< a pixel
  PixelTimes pixels;

  [[nodiscard]] double first() const { return pixels.front().first; }
  [[nodiscard]] double last() const { return pixels.back().last; }
};

/// `beats` beats that come every `spacing` cycles from cycle 0 on, as so many pixels.
[[nodiscard]] PixelStream evenStream(std::int64_t pixels, std::int64_t beats, double spacing);

/// The same sample seen as so many pixels: as it is, all in one, or one cut up evenly.
[[nodiscard]] PixelStream seenAs(PixelStream stream, std::int64_t pixels);

/// Every pixel the later of two times.
void delayUntil(PixelTimes& pixels, const PixelTimes& times);

/// How many beats of a stream have come and wait until a reader takes them at `taken`, at most,
/// where samples follow each other every `period` cycles: what a FIFO between them must hold.
[[nodiscard]] std::int64_t mostWaiting(const PixelStream& stream, const PixelTimes& taken,
                                       double period);

}  // namespace a2q
