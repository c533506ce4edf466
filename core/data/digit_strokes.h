// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace a2q {

/// A point of an outline; digits fill the unit square, y grows downwards.
struct StrokePoint {
  double x = 0;
  double y = 0;
};

enum class StrokeKind {
  kLines,  ///< straight from point to point
  kCurve,  ///< a Catmull-Rom spline, that is a chain of cubic Béziers, through the points
};

/// One movement of the pen.
struct Stroke {
  StrokeKind kind;
  std::vector<StrokePoint> points;
};

/// One way of writing a digit.
using Glyph = std::vector<Stroke>;

/// The ways of writing `digit` (0 … 9): 7 with and without bar, 4 open and closed, and so on.
[[nodiscard]] std::span<const Glyph> glyphsOf(int digit);

/// The stroke as a chain of points near enough to be joined by straight lines.
[[nodiscard]] std::vector<StrokePoint> flatten(const Stroke& stroke);

}  // namespace a2q
