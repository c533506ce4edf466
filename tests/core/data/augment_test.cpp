// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/augment.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace a2q {
namespace {

using Plane = std::vector<std::vector<int>>;

// `count` images whose values say where they stand: 1, 2, 3, ... so that 0 is the padding alone.
ImageSet numbered(const Shape& shape, std::int64_t count) {
  ImageSet set{shape, 10, {}, {}};
  set.labels.assign(static_cast<std::size_t>(count), 0);
  set.pixels.resize(static_cast<std::size_t>(count * shape.size()));
  for (std::size_t i = 0; i < set.pixels.size(); ++i) {
    set.pixels[i] = static_cast<std::uint8_t>(1 + i % static_cast<std::size_t>(shape.size()));
  }
  return set;
}

std::vector<std::uint8_t> augmented(const ImageSet& set, const AugmentSpec& spec,
                                    const DrawKey& key, std::uint8_t padding = 0) {
  std::vector<std::uint8_t> out(static_cast<std::size_t>(set.shape.size()), 255);
  augmentImage(set, spec, key, padding, out);
  return out;
}

// The operations one by one, on rows of numbers, as their names say.
Plane planeOf(std::span<const std::uint8_t> values, std::int64_t height, std::int64_t width) {
  Plane plane(static_cast<std::size_t>(height));
  auto next = values.begin();
  for (auto& row : plane) {
    row.assign(next, next + width);
    next += width;
  }
  return plane;
}

Plane padded(const Plane& plane, int pad, int value) {
  const std::size_t width = plane.front().size() + 2 * static_cast<std::size_t>(pad);
  Plane out(static_cast<std::size_t>(pad), std::vector<int>(width, value));
  for (const auto& row : plane) {
    std::vector<int> wide(static_cast<std::size_t>(pad), value);
    wide.insert(wide.end(), row.begin(), row.end());
    wide.resize(width, value);
    out.push_back(wide);
  }
  out.resize(out.size() + static_cast<std::size_t>(pad), std::vector<int>(width, value));
  return out;
}

Plane cropped(const Plane& plane, std::size_t top, std::size_t left, std::size_t height,
              std::size_t width) {
  Plane out;
  for (std::size_t y = 0; y < height; ++y) {
    const auto first = plane[top + y].begin() + static_cast<std::ptrdiff_t>(left);
    out.emplace_back(first, first + static_cast<std::ptrdiff_t>(width));
  }
  return out;
}

Plane flipped(Plane plane) {
  for (auto& row : plane) std::reverse(row.begin(), row.end());
  return plane;
}

Plane turnedClockwise(const Plane& plane) {
  Plane out(plane.front().size());
  for (std::size_t x = 0; x < out.size(); ++x) {
    for (std::size_t y = plane.size(); y-- > 0;) out[x].push_back(plane[y][x]);
  }
  return out;
}

struct Choice {
  std::size_t top;
  std::size_t left;
  int flip;
  int turns;
  auto operator<=>(const Choice&) const = default;
};

// Every result that the settings allow, with how it comes about.
std::map<Plane, Choice> allResults(const Plane& plane, const AugmentSpec& spec, int padding) {
  std::map<Plane, Choice> results;
  const Plane large = padded(plane, static_cast<int>(spec.pad), padding);
  const auto offsets = static_cast<std::size_t>(2 * spec.pad + 1);
  for (std::size_t top = 0; top < offsets; ++top) {
    for (std::size_t left = 0; left < offsets; ++left) {
      const Plane crop = cropped(large, top, left, plane.size(), plane.front().size());
      for (int flip = 0; flip <= (spec.flip ? 1 : 0); ++flip) {
        Plane image = flip == 1 ? flipped(crop) : crop;
        for (int turns = 0; turns <= (spec.turn ? 3 : 0); ++turns) {
          results[image] = {top, left, flip, turns};
          image = turnedClockwise(image);
        }
      }
    }
  }
  return results;
}

TEST(Augment, LeavesAnImageAloneWithoutSettings) {
  const ImageSet set = numbered({3, 4, 5}, 2);
  EXPECT_THAT(augmented(set, {}, {1, 1, 1}), testing::ElementsAreArray(set.image(1)));
}

TEST(Augment, IsAFunctionOfTheKeyAlone) {
  const ImageSet set = numbered({2, 8, 8}, 40);
  const AugmentSpec spec{2, true, true};
  std::vector<std::vector<std::uint8_t>> forwards;
  forwards.reserve(40);
  for (int sample = 0; sample < 40; ++sample)
    forwards.push_back(augmented(set, spec, {7, 3, sample}));
  for (int sample = 39; sample >= 0; --sample) {
    EXPECT_EQ(augmented(set, spec, {7, 3, sample}), forwards[static_cast<std::size_t>(sample)]);
  }
  int equal = 0;
  for (int sample = 0; sample < 40; ++sample) {
    equal += augmented(set, spec, {7, 4, sample}) == forwards[static_cast<std::size_t>(sample)];
    equal += augmented(set, spec, {8, 3, sample}) == forwards[static_cast<std::size_t>(sample)];
  }
  EXPECT_LE(equal, 5);  // 1 of 200 results by chance
}

// Each result of the naive operations comes as often as chance says: χ² over all of them.
TEST(Augment, DrawsEveryOffsetFlipAndTurnEquallyOften) {
  constexpr int kPadding = 200;
  const ImageSet set = numbered({1, 4, 4}, 1);
  const AugmentSpec spec{1, true, true};
  const auto expected = allResults(planeOf(set.image(0), 4, 4), spec, kPadding);
  ASSERT_EQ(expected.size(), 9U * 2 * 4);
  std::map<Choice, int> seen;
  constexpr int kDraws = 72'000;
  for (int epoch = 0; epoch < kDraws; ++epoch) {
    const auto out = augmented(set, spec, {5, epoch, 0}, kPadding);
    const auto found = expected.find(planeOf(out, 4, 4));
    ASSERT_NE(found, expected.end()) << "epoch " << epoch;
    ++seen[found->second];
  }
  ASSERT_EQ(seen.size(), expected.size());
  const double mean = static_cast<double>(kDraws) / static_cast<double>(expected.size());
  double chi_squared = 0;
  for (const auto& [choice, count] : seen) chi_squared += (count - mean) * (count - mean) / mean;
  EXPECT_LT(chi_squared, 113);  // 71 degrees of freedom: once in a thousand
}

TEST(Augment, TreatsEveryChannelAlikeAndKeepsNonSquareImages) {
  const ImageSet set = numbered({3, 4, 6}, 1);
  const AugmentSpec spec{2, true, false};
  const auto results = allResults(planeOf(set.image(0).first(24), 4, 6), spec, 0);
  for (int epoch = 0; epoch < 200; ++epoch) {
    const auto out = augmented(set, spec, {5, epoch, 0});
    const std::span<const std::uint8_t> values(out);
    const auto found = results.find(planeOf(values.first(24), 4, 6));
    ASSERT_NE(found, results.end());
    for (std::size_t i = 0; i < 24; ++i) {
      const int first = values[i];
      EXPECT_EQ(values[24 + i], first == 0 ? 0 : first + 24);
      EXPECT_EQ(values[48 + i], first == 0 ? 0 : first + 48);
    }
  }
}

TEST(Augment, OneSettingDoesNotChangeTheOthers) {
  const ImageSet set = numbered({1, 6, 6}, 1);
  for (int epoch = 0; epoch < 100; ++epoch) {
    const DrawKey key{5, epoch, 0};
    const Plane crop = planeOf(augmented(set, {2, false, false}, key), 6, 6);
    const Plane both = planeOf(augmented(set, {2, true, false}, key), 6, 6);
    EXPECT_TRUE(both == crop || both == flipped(crop)) << "epoch " << epoch;
  }
}

}  // namespace
}  // namespace a2q
