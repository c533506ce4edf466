// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>

#include <cstdlib>
#include <map>
#include <set>

#include "core/data/augment.h"

namespace a2q {
namespace {

constexpr std::int64_t kFactor = 3;

// Low pixel (y, x) of pair p is 1 + 16·y + x + p; the high pixels are the number of the low pixel
// they lie under in one channel and the place in its factor × factor square in the other.
PhotoSet numbered(const std::vector<Extent>& sizes) {
  PhotoSet set{kFactor, 2, {}};
  for (const Extent& size : sizes) {
    const Extent large{size.height * kFactor, size.width * kFactor};
    PhotoPair pair{"", {{2, size.height, size.width}, {}}, {{2, large.height, large.width}, {}}};
    const auto number = [&](std::int64_t y, std::int64_t x) {
      return static_cast<std::uint8_t>(1 + 16 * y + x + set.count());
    };
    for (int channel = 0; channel < 2; ++channel) {
      for (std::int64_t y = 0; y < size.height; ++y) {
        for (std::int64_t x = 0; x < size.width; ++x) pair.low.pixels.push_back(number(y, x));
      }
      for (std::int64_t y = 0; y < large.height; ++y) {
        for (std::int64_t x = 0; x < large.width; ++x) {
          const auto place = static_cast<std::uint8_t>(y % kFactor * kFactor + x % kFactor);
          pair.high.pixels.push_back(channel == 0 ? number(y / kFactor, x / kFactor) : place);
        }
      }
    }
    set.pairs.push_back(std::move(pair));
  }
  return set;
}

struct Patch {
  std::vector<std::uint8_t> low;
  std::vector<std::uint8_t> high;
};

Patch patchOf(const PhotoSet& set, Extent size, const AugmentSpec& spec, const DrawKey& key) {
  const auto area = static_cast<std::size_t>(2 * size.height * size.width);
  Patch patch{std::vector<std::uint8_t>(area), std::vector<std::uint8_t>(area * 9)};
  cutPatch(set, size, spec, key, patch.low, patch.high);
  return patch;
}

// The layouts of the 3 × 3 square, written down by hand: turned clockwise 0 to 3 times, then the
// same of the flipped one.
const std::vector<std::vector<int>>& layouts() {
  static const std::vector<std::vector<int>> table = {
      {0, 1, 2, 3, 4, 5, 6, 7, 8}, {6, 3, 0, 7, 4, 1, 8, 5, 2}, {8, 7, 6, 5, 4, 3, 2, 1, 0},
      {2, 5, 8, 1, 4, 7, 0, 3, 6}, {2, 1, 0, 5, 4, 3, 8, 7, 6}, {8, 5, 2, 7, 4, 1, 6, 3, 0},
      {6, 7, 8, 3, 4, 5, 0, 1, 2}, {0, 3, 6, 1, 4, 7, 2, 5, 8}};
  return table;
}

// Checks that high lies over low and that both are laid out alike; returns the layout's number.
std::size_t layoutOf(const Patch& patch, std::size_t side) {
  const std::size_t large = side * 3;
  std::vector<int> square;
  for (std::size_t y = 0; y < 3; ++y) {
    for (std::size_t x = 0; x < 3; ++x) square.push_back(patch.high[large * large + y * large + x]);
  }
  for (std::size_t y = 0; y < large; ++y) {
    for (std::size_t x = 0; x < large; ++x) {
      EXPECT_EQ(patch.high[y * large + x], patch.low[y / 3 * side + x / 3]);
      EXPECT_EQ(patch.high[(large + y) * large + x], square[y % 3 * 3 + x % 3]);
    }
  }
  const auto found = std::find(layouts().begin(), layouts().end(), square);
  EXPECT_NE(found, layouts().end());
  const auto layout = static_cast<std::size_t>(found - layouts().begin());
  // Steps of 16 and 1 between low pixels say how the low patch itself is laid out.
  static const std::vector<std::pair<int, int>> steps = {{16, 1},  {1, -16},  {-16, -1}, {-1, 16},
                                                         {16, -1}, {-1, -16}, {-16, 1},  {1, 16}};
  EXPECT_EQ(patch.low[side] - patch.low[0], steps[layout].first);
  EXPECT_EQ(patch.low[1] - patch.low[0], steps[layout].second);
  return layout;
}

TEST(Patch, StaysAlignedAndShowsEveryLayoutAndPlace) {
  const PhotoSet set = numbered({{6, 8}});
  std::map<std::size_t, int> layouts_seen;
  std::map<int, int> places_seen;
  constexpr int kDraws = 4'000;
  for (int epoch = 0; epoch < kDraws; ++epoch) {
    const Patch patch = patchOf(set, {4, 4}, {0, true, true}, {3, epoch, 0});
    ++layouts_seen[layoutOf(patch, 4)];
    ++places_seen[*std::min_element(patch.low.begin(), patch.low.end())];
  }
  ASSERT_EQ(layouts_seen.size(), 8U);
  for (const auto& [layout, count] : layouts_seen) EXPECT_NEAR(count, kDraws / 8.0, 110) << layout;
  ASSERT_EQ(places_seen.size(), 3U * 5);
  for (const auto& [place, count] : places_seen) EXPECT_NEAR(count, kDraws / 15.0, 85) << place;
}

TEST(Patch, WithoutSettingsItIsThePlainRegion) {
  const PhotoSet set = numbered({{6, 8}});
  for (int epoch = 0; epoch < 50; ++epoch) {
    EXPECT_EQ(layoutOf(patchOf(set, {4, 4}, {}, {3, epoch, 0}), 4), 0U);
  }
}

TEST(Patch, TakesThePairsInTurnAndIsAFunctionOfTheKey) {
  const PhotoSet set = numbered({{2, 2}, {2, 2}, {2, 2}});
  for (int sample = 11; sample >= 0; --sample) {
    const Patch patch = patchOf(set, {2, 2}, {}, {3, 1, sample});
    EXPECT_EQ(patch.low.front(), 1 + sample % 3);
    EXPECT_EQ(patch.low, patchOf(set, {2, 2}, {}, {3, 1, sample}).low);
  }
}

TEST(Patch, MayBeAsWideAsThePhotograph) {
  const PhotoSet set = numbered({{4, 7}});
  const Patch patch = patchOf(set, {4, 7}, {}, {3, 1, 0});
  EXPECT_EQ(patch.low, set.pairs[0].low.pixels);
  EXPECT_EQ(patch.high, set.pairs[0].high.pixels);
}

}  // namespace
}  // namespace a2q
