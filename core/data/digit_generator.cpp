// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/digit_generator.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <system_error>
#include <thread>

#include "core/data/counter_random.h"
#include "core/data/digit_canvas.h"
#include "core/data/digit_strokes.h"

namespace a2q {

namespace {

// How hard the set is. Chosen so that a softmax regression stays below 92 % while a small
// convolutional network passes 98 %; the golden checksum in the tests guards every number.
constexpr double kTurn = 0.22;         // radians, at most
constexpr double kShear = 0.32;        // sideways per height
constexpr double kShift = 2.3;         // pixels
constexpr double kWarp = 0.046;        // of the digit's size, standard deviation
constexpr double kStrokeSlip = 0.020;  // of the digit's size, standard deviation
constexpr double kClutterChance = 0.36;
constexpr double kEraseChance = 0.32;
constexpr double kCoverChance = 0.28;
constexpr double kNoise = 0.11;  // largest standard deviation, of full scale
constexpr double kMiddle = DigitCanvas::kSide / 2.0;

// From the unit square to pixels.
class Placement {
 public:
  explicit Placement(CounterRandom& random) {
    // Half-angle form of rotation: no sine or cosine whose last bit a library may choose.
    const double half = random.uniform(-kTurn, kTurn) / 2;
    const double norm = 1 + half * half;
    const double cosine = (1 - half * half) / norm;
    const double sine = 2 * half / norm;
    const double width = random.uniform(11.0, 18.0);
    const double height = random.uniform(15.5, 20.5);
    const double shear = random.uniform(-kShear, kShear);
    xx_ = cosine * width;
    xy_ = -cosine * shear * height - sine * height;
    yx_ = sine * width;
    yy_ = -sine * shear * height + cosine * height;
    dx_ = kMiddle + random.uniform(-kShift, kShift);
    dy_ = kMiddle + random.uniform(-kShift, kShift);
  }

  [[nodiscard]] StrokePoint operator()(StrokePoint p) const {
    const double x = p.x - 0.5;
    const double y = p.y - 0.5;
    return {dx_ + xx_ * x + xy_ * y, dy_ + yx_ * x + yy_ * y};
  }

 private:
  double xx_, xy_, yx_, yy_, dx_, dy_;
};

// A smooth random displacement of the unit square: strokes that meet go on meeting.
class Warp {
 public:
  explicit Warp(CounterRandom& random) {
    for (auto& row : nodes_) {
      for (auto& node : row) node = {kWarp * random.bell(), kWarp * random.bell()};
    }
  }

  [[nodiscard]] StrokePoint operator()(StrokePoint p) const {
    const Cell x = cellOf(p.x);
    const Cell y = cellOf(p.y);
    const auto& top = nodes_[y.index];
    const auto& low = nodes_[y.index + 1];
    const StrokePoint d = mix(mix(top[x.index], top[x.index + 1], x.weight),
                              mix(low[x.index], low[x.index + 1], x.weight), y.weight);
    return {p.x + d.x, p.y + d.y};
  }

 private:
  static constexpr std::size_t kNodes = 4;
  struct Cell {
    std::size_t index;
    double weight;
  };

  static Cell cellOf(double position) {
    const double scaled = std::clamp(position, 0.0, 1.0) * (kNodes - 1);
    const auto index = std::min(static_cast<std::size_t>(scaled), kNodes - 2);
    const double t = scaled - static_cast<double>(index);
    return {index, t * t * (3 - 2 * t)};
  }

  static StrokePoint mix(StrokePoint a, StrokePoint b, double t) {
    return {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
  }

  std::array<std::array<StrokePoint, kNodes>, kNodes> nodes_;
};

StrokePoint anywhere(CounterRandom& random) {
  return {random.uniform(0, DigitCanvas::kSide), random.uniform(0, DigitCanvas::kSide)};
}

StrokePoint near(CounterRandom& random, StrokePoint p, double reach) {
  return {p.x + random.uniform(-reach, reach), p.y + random.uniform(-reach, reach)};
}

// The pen's pressure changes along each stroke.
void drawGlyph(DigitCanvas& canvas, CounterRandom& random, const Glyph& glyph) {
  const Warp warp(random);
  const Placement place(random);
  const double radius = random.uniform(0.65, 1.55);
  const double edge = random.uniform(0.8, 1.4);
  const double ink = random.uniform(0.75, 1.0);
  for (const Stroke& stroke : glyph) {
    const StrokePoint slip = {kStrokeSlip * random.bell(), kStrokeSlip * random.bell()};
    const double start = radius * random.uniform(0.75, 1.15);
    const double finish = radius * random.uniform(0.75, 1.15);
    std::vector<StrokePoint> chain = flatten(stroke);
    for (StrokePoint& p : chain) p = place(warp({p.x + slip.x, p.y + slip.y}));
    for (std::size_t i = 0; i + 1 < chain.size(); ++i) {
      const double t = static_cast<double>(i) / static_cast<double>(chain.size());
      canvas.draw(chain[i], chain[i + 1], {start + t * (finish - start), edge}, ink);
    }
  }
}

// Below, each random value has a statement of its own, or braces around it and its neighbours: the
// order in which a call's arguments are evaluated differs between compilers.

// A short line with its ink.
struct Scratch {
  StrokePoint from;
  StrokePoint to;
  Pen pen;
  double ink;
};

// Pieces of what stands beside the digit on the sheet: short strokes along the border, dots.
void drawClutter(DigitCanvas& canvas, CounterRandom& random) {
  const auto strokes = 1 + random.below(2);
  for (std::uint32_t i = 0; i < strokes; ++i) {
    const double along = random.uniform(0, DigitCanvas::kSide);
    const double across = random.uniform(-1.0, 2.5);
    const double edge = random.chance(0.5) ? across : DigitCanvas::kSide - across;
    const StrokePoint from =
        random.chance(0.5) ? StrokePoint{along, edge} : StrokePoint{edge, along};
    const Scratch line = {
        from, near(random, from, 5.0), {random.uniform(0.5, 1.2), 1.0}, random.uniform(0.4, 0.9)};
    canvas.draw(line.from, line.to, line.pen, line.ink);
  }
  const StrokePoint at = anywhere(random);
  const Scratch dot = {at, at, {random.uniform(0.4, 1.0), 1.0}, random.uniform(0.4, 0.9)};
  canvas.draw(dot.from, dot.to, dot.pen, dot.ink);
}

void eraseParts(DigitCanvas& canvas, CounterRandom& random) {
  const StrokePoint from = near(random, {kMiddle, kMiddle}, 8.0);
  const Scratch wipe = {
      from, near(random, from, 5.0), {random.uniform(0.6, 1.3), 1.0}, random.uniform(0.0, 0.3)};
  canvas.erase(wipe.from, wipe.to, wipe.pen, wipe.ink);
}

void coverParts(DigitCanvas& canvas, CounterRandom& random) {
  constexpr int kSide = DigitCanvas::kSide;
  const double grey = random.uniform(0.0, 0.8);
  const int left = static_cast<int>(random.below(kSide));
  const int top = static_cast<int>(random.below(kSide));
  const int width = 3 + static_cast<int>(random.below(3));
  const int height = 3 + static_cast<int>(random.below(3));
  switch (random.below(4)) {
    case 0: canvas.cover(0, top, kSide, 1, grey); break;
    case 1: canvas.cover(left, 0, 1, kSide, grey); break;
    default: canvas.cover(left, top, width, height, grey); break;
  }
}

void develop(const DigitCanvas& canvas, CounterRandom& random, std::span<std::uint8_t> pixels) {
  const double paper = random.uniform(0.0, 0.12);
  const double contrast = random.uniform(0.70, 1.0) - paper;
  const double noise = kNoise * random.unit();
  std::size_t i = 0;
  for (int y = 0; y < DigitCanvas::kSide; ++y) {
    for (int x = 0; x < DigitCanvas::kSide; ++x) {
      const double grey = paper + contrast * canvas.at(x, y) + noise * random.bell();
      pixels[i++] = static_cast<std::uint8_t>(std::lround(std::clamp(grey, 0.0, 1.0) * 255));
    }
  }
}

void generateRange(std::uint64_t seed, DigitSplit split, std::int64_t begin, std::int64_t end,
                   ImageSet& set) {
  const auto size = static_cast<std::size_t>(set.shape.size());
  for (std::int64_t i = begin; i < end; ++i) {
    const auto at = static_cast<std::size_t>(i);
    set.labels[at] = drawDigit(seed, split, at, std::span(set.pixels).subspan(at * size, size));
  }
}

}  // namespace

std::uint8_t drawDigit(std::uint64_t seed, DigitSplit split, std::uint64_t index,
                       std::span<std::uint8_t> pixels) {
  CounterRandom random(seed, static_cast<std::uint64_t>(split), index);
  const auto digit = static_cast<std::uint8_t>(random.below(10));
  const auto glyphs = glyphsOf(digit);
  const Glyph& glyph = glyphs[random.below(static_cast<std::uint32_t>(glyphs.size()))];
  DigitCanvas canvas;
  if (random.chance(kClutterChance)) drawClutter(canvas, random);
  drawGlyph(canvas, random, glyph);
  if (random.chance(kEraseChance)) eraseParts(canvas, random);
  canvas.blur(random.uniform(0.0, 0.2));
  if (random.chance(kCoverChance)) coverParts(canvas, random);
  develop(canvas, random, pixels);
  return digit;
}

ImageSet generateDigits(std::uint64_t seed, DigitSplit split, std::int64_t count,
                        unsigned threads) {
  ImageSet set{{1, DigitCanvas::kSide, DigitCanvas::kSide}, 10, {}, {}};
  set.labels.resize(static_cast<std::size_t>(count));
  set.pixels.resize(set.labels.size() * static_cast<std::size_t>(set.shape.size()));
  if (threads == 0) threads = std::clamp(std::thread::hardware_concurrency(), 1U, 16U);
  const std::int64_t share = (count + threads - 1) / threads;
  std::vector<std::jthread> workers;
  for (std::int64_t begin = 0; begin < count; begin += share) {
    const std::int64_t end = std::min(begin + share, count);
    const auto work = [&set, seed, split, begin, end] {
      generateRange(seed, split, begin, end, set);
    };
    try {
      if (threads > 1) workers.emplace_back(work);
    } catch (const std::system_error&) {
      threads = 1;  // no more threads to be had: this one does the rest
    }
    if (threads == 1) work();
  }
  workers.clear();  // joins
  return set;
}

}  // namespace a2q
