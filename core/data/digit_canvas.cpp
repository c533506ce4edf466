// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/digit_canvas.h"

#include <algorithm>
#include <cmath>

namespace a2q {

namespace {

struct Reach {
  int begin;
  int end;
};

// The pixels a line can touch in one direction.
Reach reachOf(double a, double b, double margin) {
  const double low = std::clamp(std::min(a, b) - margin, 0.0, 1.0 * DigitCanvas::kSide);
  const double high = std::clamp(std::max(a, b) + margin, 0.0, 1.0 * DigitCanvas::kSide);
  return {static_cast<int>(low), std::min(static_cast<int>(high) + 1, DigitCanvas::kSide)};
}

double distance(double x, double y, StrokePoint from, StrokePoint to) {
  const double ux = to.x - from.x;
  const double uy = to.y - from.y;
  const double length = ux * ux + uy * uy;
  const double along = (x - from.x) * ux + (y - from.y) * uy;
  const double t = length > 0 ? std::clamp(along / length, 0.0, 1.0) : 0.0;
  const double dx = x - from.x - t * ux;
  const double dy = y - from.y - t * uy;
  return std::sqrt(dx * dx + dy * dy);
}

template <class Paint>
void forEachCovered(StrokePoint from, StrokePoint to, const Pen& pen, const Paint& paint) {
  const double margin = pen.radius + pen.edge;
  const Reach columns = reachOf(from.x, to.x, margin);
  const Reach rows = reachOf(from.y, to.y, margin);
  for (int y = rows.begin; y < rows.end; ++y) {
    for (int x = columns.begin; x < columns.end; ++x) {
      const double gap = pen.radius - distance(x + 0.5, y + 0.5, from, to);
      const double coverage = std::clamp(gap / pen.edge + 0.5, 0.0, 1.0);
      if (coverage > 0) paint(x, y, coverage);
    }
  }
}

}  // namespace

void DigitCanvas::draw(StrokePoint from, StrokePoint to, const Pen& pen, double ink) {
  forEachCovered(from, to, pen, [&](int x, int y, double coverage) {
    at(x, y) = std::max(at(x, y), ink * coverage);
  });
}

void DigitCanvas::erase(StrokePoint from, StrokePoint to, const Pen& pen, double left) {
  forEachCovered(from, to, pen,
                 [&](int x, int y, double coverage) { at(x, y) *= 1 - coverage * (1 - left); });
}

void DigitCanvas::cover(int left, int top, int width, int height, double grey) {
  for (int y = std::max(top, 0); y < std::min(top + height, kSide); ++y) {
    for (int x = std::max(left, 0); x < std::min(left + width, kSide); ++x) at(x, y) = grey;
  }
}

void DigitCanvas::blur(double w) {
  const auto smooth = [w](double before, double here, double after) {
    return here + w * (before - 2 * here + after);
  };
  const auto pass = [&](auto&& value) {
    for (int line = 0; line < kSide; ++line) {
      double before = 0;
      for (int i = 0; i < kSide; ++i) {
        const double here = value(line, i);
        const double after = i + 1 < kSide ? value(line, i + 1) : 0;
        value(line, i) = smooth(before, here, after);
        before = here;
      }
    }
  };
  pass([this](int y, int x) -> double& { return at(x, y); });
  pass([this](int x, int y) -> double& { return at(x, y); });
}

}  // namespace a2q
