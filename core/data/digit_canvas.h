// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>

#include "core/data/digit_strokes.h"

namespace a2q {

/// A pen of round tip: radius and width of the soft edge in pixels.
struct Pen {
  double radius = 1;
  double edge = 1;
};

/// 28×28 grey values, 0 … 1, on which antialiased lines are drawn. Only + - * / and square roots
/// are used, which IEEE 754 defines to the last bit: the images are the same on every platform.
class DigitCanvas {
 public:
  static constexpr int kSide = 28;

  /// Draws a line over what is there; coordinates in pixels, pixel centres at .5.
  void draw(StrokePoint from, StrokePoint to, const Pen& pen, double ink);

  /// Wipes a line out, down to `left` of what was there.
  void erase(StrokePoint from, StrokePoint to, const Pen& pen, double left);

  /// Covers a rectangle by one grey value.
  void cover(int left, int top, int width, int height, double grey);

  /// Smooths by (w, 1 - 2w, w) in both directions.
  void blur(double w);

  [[nodiscard]] double& at(int x, int y) { return grey_[index(x, y)]; }
  [[nodiscard]] double at(int x, int y) const { return grey_[index(x, y)]; }

 private:
  [[nodiscard]] static std::size_t index(int x, int y) {
    return static_cast<std::size_t>(y) * kSide + static_cast<std::size_t>(x);
  }

  std::array<double, kSide * kSide> grey_{};
};

}  // namespace a2q
