// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hw_backend/design/block_clock.h"

namespace a2q {

/// A sample through a sliding window and the unit behind it.
struct WindowTiming {
  PixelTimes taken;   ///< of the input's pixels
  PixelTime window;   ///< when the window gives its first and its last beat
  PixelStream given;  ///< what the unit gives, `out` beats a pixel
};

/// A pixel is taken when its place in the line buffer is free: when the window has moved far
/// enough, that of the sample before (`period` cycles ago) too. A window is given once its pixels
/// are there, no faster than a beat a cycle and than the unit takes it.
[[nodiscard]] WindowTiming throughWindow(const PixelStream& input, const SlidingWindowBlock& block,
                                         BlockClock unit, std::int64_t out, double period);

}  // namespace a2q
