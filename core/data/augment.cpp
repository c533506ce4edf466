// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/augment.h"

#include "core/data/counter_random.h"

namespace a2q {

namespace {

// Streams of their own for images and patches; the generator of digits owns the small numbers.
constexpr std::uint64_t kImageStream = std::uint64_t{1} << 62;
constexpr std::uint64_t kPatchStream = std::uint64_t{2} << 62;

struct Point {
  std::int64_t y = 0;
  std::int64_t x = 0;
};

/// A region of a plane and how it is laid out in the result: first flipped, then turned clockwise.
/// `top` and `left` may be negative and the region may reach beyond the plane.
struct View {
  Point corner;
  Extent size;
  bool flip = false;
  std::uint32_t turns = 0;
};

/// All choices are drawn whatever the settings are: switching one on leaves the others as they
/// were.
struct Draw {
  double y;
  double x;
  bool flip;
  std::uint32_t turns;
};

Draw drawFor(std::uint64_t stream, const DrawKey& key) {
  CounterRandom random(key.seed, stream + static_cast<std::uint64_t>(key.epoch),
                       static_cast<std::uint64_t>(key.sample));
  Draw draw{};
  draw.y = random.unit();
  draw.x = random.unit();
  draw.flip = random.chance(0.5);
  draw.turns = random.below(4);
  return draw;
}

/// The whole number below `count` that a uniform value of [0, 1) stands for.
std::int64_t scaled(double unit, std::int64_t count) {
  return static_cast<std::int64_t>(unit * static_cast<double>(count));
}

/// Where in the plane the result takes its value at `at` from.
Point sourceOf(const View& view, Point at) {
  for (std::uint32_t turn = 0; turn < view.turns; ++turn) at = {view.size.height - 1 - at.x, at.y};
  if (view.flip) at.x = view.size.width - 1 - at.x;
  return {view.corner.y + at.y, view.corner.x + at.x};
}

/// Writes the view of every channel; outside of the image stands `padding_value`.
void copyView(std::span<const std::uint8_t> image, const Shape& shape, const View& view,
              std::uint8_t padding_value, std::span<std::uint8_t> out) {
  // The map is affine: one point and the two steps say all of it.
  const Point first = sourceOf(view, {0, 0});
  const Point down = sourceOf(view, {1, 0});
  const Point right = sourceOf(view, {0, 1});
  const Point step{right.y - first.y, right.x - first.x};
  std::size_t next = 0;
  for (std::int64_t channel = 0; channel < shape.channels; ++channel) {
    const auto plane =
        image.subspan(static_cast<std::size_t>(channel * shape.height * shape.width));
    for (std::int64_t row = 0; row < view.size.height; ++row) {
      Point at{first.y + row * (down.y - first.y), first.x + row * (down.x - first.x)};
      for (std::int64_t column = 0; column < view.size.width; ++column) {
        const bool inside = at.y >= 0 && at.y < shape.height && at.x >= 0 && at.x < shape.width;
        out[next++] =
            inside ? plane[static_cast<std::size_t>(at.y * shape.width + at.x)] : padding_value;
        at.y += step.y;
        at.x += step.x;
      }
    }
  }
}

}  // namespace

void augmentImage(const ImageSet& images, const AugmentSpec& augment, const DrawKey& key,
                  std::uint8_t padding_value, std::span<std::uint8_t> out) {
  const Draw draw = drawFor(kImageStream, key);
  const std::int64_t offsets = 2 * augment.pad + 1;
  const View view{{scaled(draw.y, offsets) - augment.pad, scaled(draw.x, offsets) - augment.pad},
                  {images.shape.height, images.shape.width},
                  augment.flip && draw.flip,
                  augment.turn ? draw.turns : 0};
  copyView(images.image(key.sample), images.shape, view, padding_value, out);
}

void cutPatch(const PhotoSet& photos, Extent size, const AugmentSpec& augment, const DrawKey& key,
              std::span<std::uint8_t> low, std::span<std::uint8_t> high) {
  const Draw draw = drawFor(kPatchStream, key);
  const PhotoPair& pair = photos.pairs[static_cast<std::size_t>(key.sample % photos.count())];
  View view{{scaled(draw.y, pair.low.shape.height - size.height + 1),
             scaled(draw.x, pair.low.shape.width - size.width + 1)},
            size,
            augment.flip && draw.flip,
            augment.turn ? draw.turns : 0};
  copyView(pair.low.pixels, pair.low.shape, view, 0, low);
  const std::int64_t factor = photos.factor;
  view.corner = {view.corner.y * factor, view.corner.x * factor};
  view.size = {view.size.height * factor, view.size.width * factor};
  copyView(pair.high.pixels, pair.high.shape, view, 0, high);
}

}  // namespace a2q
