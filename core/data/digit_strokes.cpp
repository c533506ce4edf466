// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/digit_strokes.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace a2q {

namespace {

constexpr auto kLines = StrokeKind::kLines;
constexpr auto kCurve = StrokeKind::kCurve;
constexpr int kStepsPerSpan = 5;

using Glyphs = std::vector<Glyph>;

// clang-format off
Glyphs zeros() {
  return {
      {{kCurve, {{.50, 0}, {.22, .13}, {.10, .50}, {.22, .87}, {.50, 1}, {.78, .87}, {.90, .50},
                 {.78, .13}, {.50, 0}}}},
      {{kCurve, {{.66, .06}, {.42, .03}, {.24, .30}, {.20, .65}, {.34, .96}, {.60, .97},
                 {.78, .66}, {.78, .30}, {.62, .06}, {.44, .02}}}},
      {{kCurve, {{.40, .10}, {.14, .35}, {.12, .70}, {.40, .92}, {.74, .86}, {.92, .52},
                 {.80, .18}, {.52, .06}, {.34, .14}}}},
  };
}

Glyphs ones() {
  return {
      {{kLines, {{.50, 0}, {.50, 1}}}},
      {{kLines, {{.26, .24}, {.54, 0}, {.54, 1}}}},
      {{kLines, {{.28, .22}, {.52, 0}, {.52, 1}}}, {kLines, {{.24, 1}, {.80, 1}}}},
      {{kCurve, {{.56, 0}, {.50, .35}, {.47, .70}, {.46, 1}}}},
  };
}

Glyphs twos() {
  return {
      {{kCurve, {{.14, .26}, {.28, .05}, {.54, 0}, {.80, .14}, {.78, .38}, {.50, .70}, {.12, 1}}},
       {kLines, {{.12, 1}, {.88, 1}}}},
      {{kCurve, {{.16, .22}, {.34, .02}, {.66, .03}, {.80, .24}, {.66, .54}, {.36, .84}, {.14, .96},
                 {.10, .82}, {.28, .78}, {.56, .94}, {.92, .94}}}},
      {{kCurve, {{.16, .12}, {.44, 0}, {.74, .10}, {.74, .36}, {.46, .68}, {.16, .96}}},
       {kCurve, {{.16, .96}, {.46, .90}, {.70, 1}, {.92, .92}}}},
  };
}

Glyphs threes() {
  return {
      {{kCurve, {{.14, .14}, {.42, 0}, {.74, .10}, {.72, .34}, {.38, .46}}},
       {kCurve, {{.38, .46}, {.76, .54}, {.84, .80}, {.52, 1}, {.12, .88}}}},
      {{kLines, {{.14, 0}, {.80, 0}, {.42, .40}}},
       {kCurve, {{.42, .40}, {.76, .48}, {.84, .76}, {.52, 1}, {.12, .90}}}},
      {{kCurve, {{.18, .10}, {.50, 0}, {.74, .18}, {.62, .40}, {.46, .47}, {.46, .49}, {.70, .56},
                 {.80, .78}, {.58, .98}, {.18, .94}}}},
  };
}

Glyphs fours() {
  return {
      {{kLines, {{.26, 0}, {.12, .58}, {.90, .58}}}, {kLines, {{.70, .12}, {.66, 1}}}},
      {{kLines, {{.66, 0}, {.08, .66}, {.92, .66}}}, {kLines, {{.66, 0}, {.66, 1}}}},
      {{kCurve, {{.18, .02}, {.14, .34}, {.28, .52}, {.56, .50}, {.78, .40}}},
       {kLines, {{.80, 0}, {.74, .50}, {.66, 1}}}},
      {{kLines, {{.56, 0}, {.10, .56}, {.88, .62}}}, {kLines, {{.62, .36}, {.60, 1}}}},
  };
}

Glyphs fives() {
  return {
      {{kLines, {{.80, 0}, {.26, 0}, {.20, .44}}},
       {kCurve, {{.20, .44}, {.50, .36}, {.80, .50}, {.82, .78}, {.52, 1}, {.12, .90}}}},
      {{kCurve, {{.84, .02}, {.44, .03}, {.26, .20}, {.36, .42}, {.68, .54}, {.78, .78}, {.52, .99},
                 {.14, .92}}}},
      {{kCurve, {{.28, .04}, {.22, .26}, {.22, .44}, {.52, .40}, {.80, .58}, {.76, .86}, {.46, 1},
                 {.16, .90}}},
       {kLines, {{.28, .04}, {.86, 0}}}},
  };
}

Glyphs sixes() {
  return {
      {{kCurve, {{.76, .03}, {.42, .20}, {.18, .58}, {.24, .90}, {.52, 1}, {.80, .86}, {.80, .64},
                 {.54, .52}, {.24, .68}}}},
      {{kCurve, {{.38, 0}, {.22, .36}, {.16, .74}, {.34, .98}, {.66, .94}, {.76, .72}, {.50, .58},
                 {.20, .76}}}},
      {{kCurve, {{.80, .12}, {.56, 0}, {.26, .22}, {.14, .62}, {.30, .96}, {.66, .97}, {.84, .74},
                 {.66, .50}, {.36, .50}, {.18, .70}}}},
  };
}

Glyphs sevens() {
  return {
      {{kLines, {{.10, 0}, {.86, 0}, {.40, 1}}}},
      {{kLines, {{.12, 0}, {.86, 0}, {.44, 1}}}, {kLines, {{.36, .48}, {.84, .48}}}},
      {{kLines, {{.12, .20}, {.13, .02}, {.88, .02}}}, {kCurve, {{.88, .02}, {.60, .40}, {.46, 1}}}},
      {{kCurve, {{.10, .10}, {.40, .02}, {.66, .08}, {.86, 0}}},
       {kCurve, {{.86, 0}, {.58, .46}, {.48, 1}}}, {kLines, {{.34, .54}, {.80, .46}}}},
  };
}

Glyphs eights() {
  return {
      {{kCurve, {{.74, .16}, {.50, 0}, {.26, .16}, {.36, .40}, {.66, .58}, {.80, .80}, {.50, 1},
                 {.20, .80}, {.34, .58}, {.64, .40}, {.74, .16}}}},
      {{kCurve, {{.50, .46}, {.26, .36}, {.26, .10}, {.50, 0}, {.74, .10}, {.74, .36}, {.50, .46}}},
       {kCurve, {{.50, .46}, {.20, .60}, {.18, .88}, {.50, 1}, {.82, .88}, {.80, .60}, {.50, .46}}}},
      {{kCurve, {{.82, .10}, {.50, .02}, {.24, .18}, {.42, .42}, {.68, .62}, {.70, .88}, {.44, 1},
                 {.22, .84}, {.38, .58}, {.66, .34}, {.84, .08}}}},
  };
}

Glyphs nines() {
  return {
      {{kCurve, {{.78, .22}, {.52, 0}, {.22, .16}, {.22, .42}, {.50, .52}, {.78, .26}}},
       {kLines, {{.80, .08}, {.74, 1}}}},
      {{kCurve, {{.80, .24}, {.54, 0}, {.22, .16}, {.24, .42}, {.54, .50}, {.80, .26}}},
       {kCurve, {{.80, .24}, {.80, .60}, {.60, .94}, {.22, .96}}}},
      {{kCurve, {{.76, .12}, {.44, .02}, {.20, .26}, {.38, .48}, {.66, .36}, {.78, .10}, {.76, .44},
                 {.66, .74}, {.56, 1}}}},
  };
}
// clang-format on

StrokePoint catmullRom(const std::array<StrokePoint, 4>& p, double t) {
  const auto blend = [t](double a, double b, double c, double d) {
    return 0.5 *
           (2 * b + t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a))));
  };
  return {blend(p[0].x, p[1].x, p[2].x, p[3].x), blend(p[0].y, p[1].y, p[2].y, p[3].y)};
}

}  // namespace

std::span<const Glyph> glyphsOf(int digit) {
  static const std::array<Glyphs, 10> table = {zeros(), ones(),  twos(),   threes(), fours(),
                                               fives(), sixes(), sevens(), eights(), nines()};
  return table.at(static_cast<std::size_t>(digit));
}

std::vector<StrokePoint> flatten(const Stroke& stroke) {
  const auto& points = stroke.points;
  const auto last = static_cast<std::ptrdiff_t>(points.size()) - 1;
  const auto at = [&](std::ptrdiff_t i) {
    return points[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(i, 0, last))];
  };
  std::vector<StrokePoint> chain = {points.front()};
  chain.reserve(points.size() * kStepsPerSpan);
  for (std::ptrdiff_t i = 0; i < last; ++i) {
    for (int step = 1; step <= kStepsPerSpan; ++step) {
      const double t = static_cast<double>(step) / kStepsPerSpan;
      const StrokePoint a = at(i);
      const StrokePoint b = at(i + 1);
      chain.push_back(stroke.kind == kCurve
                          ? catmullRom({at(i - 1), a, b, at(i + 2)}, t)
                          : StrokePoint{a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});
    }
  }
  return chain;
}

}  // namespace a2q
