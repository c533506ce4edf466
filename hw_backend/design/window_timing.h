// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hw_backend/design/stream_timing.h"

namespace a2q {

/// A sample through a sliding window and the unit behind it.
struct WindowTiming {
  std::vector<PixelTime> taken;  ///< of the input's pixels
  PixelStream window;            ///< what the window gives
  PixelStream given;             ///< what the unit gives, `out` beats a pixel
};

/// What the window in front of a new image costs beyond its beats: pixels that found no room before
/// the last window was done come a beat a cycle. None where padding or stride leave enough time.
[[nodiscard]] std::int64_t refillCycles(const SlidingWindowBlock& block);

/// A pixel is taken when its place in the line buffer is free: when the window has moved far
/// enough, that of the sample before (`period` cycles ago) too. A window is given once its pixels
/// are there, no faster than a beat a cycle and than the unit takes it.
[[nodiscard]] WindowTiming throughWindow(const PixelStream& input, const SlidingWindowBlock& block,
                                         BlockClock unit, std::int64_t out, double period);

}  // namespace a2q
