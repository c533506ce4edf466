// SPDX-License-Identifier: GPL-3.0-or-later
// The blocks that a calibration measures, and their texts.
#include "hw_backend/calibration/calibration_grid.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "hw_backend/calibration/block_text.h"
#include "hw_backend/calibration/features.h"
#include "hw_backend/rtl/block_checks.h"
#include "hw_backend/rtl/example_constants.h"

namespace a2q::testing {
namespace {

TEST(CalibrationGrid, HasEveryKindAndHoldsAQuarterBack) {
  std::array<int, std::variant_size_v<Block>> all{};
  std::array<int, std::variant_size_v<Block>> held_out{};
  for (const CalibrationPoint& point : calibrationGrid()) {
    ++all[point.block.index()];
    if (point.held_out) ++held_out[point.block.index()];
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_GE(all[i], 6) << i;
    EXPECT_EQ(held_out[i], all[i] / 4) << i;
  }
}

TEST(CalibrationGrid, NoBlockIsBothFittedAndHeldOut) {
  std::set<std::string> texts;
  for (const CalibrationPoint& point : calibrationGrid()) {
    EXPECT_TRUE(texts.insert(blockText(point.block)).second) << blockText(point.block);
  }
}

TEST(CalibrationGrid, EveryBlockCanBeMade) {
  for (const CalibrationPoint& point : calibrationGrid()) {
    const auto checked = checkBlock(point.block);
    EXPECT_TRUE(checked) << blockText(point.block);
    const auto constants = exampleConstants(point.block, 1);
    EXPECT_TRUE(checkConstants(point.block, constants)) << blockText(point.block);
    EXPECT_TRUE(checkOverflow(point.block, constants)) << blockText(point.block);
  }
}

TEST(BlockText, IsReadBack) {
  for (const CalibrationPoint& point : calibrationGrid()) {
    const auto read = blockFromText(blockText(point.block));
    ASSERT_TRUE(read) << blockText(point.block);
    EXPECT_EQ(*read, point.block) << blockText(point.block);
  }
}

TEST(BlockText, NamesAreThoseOfTheField) {
  MvauBlock block{64, 32, 4, 2, {4}, {{4}}, {16}, MemoryStyle::kBlock, {}};
  block.thresholds = ThresholdBlock{32, 4, {16}, 3, {{2}}, ThresholdStyle::kBinarySearch, {}};
  EXPECT_EQ(blockText(block),
            "mvau mw=64 mh=32 pe=4 simd=2 w=4 a=u4 p=16 m=block t=u2:search:logic");
}

TEST(BlockText, RefusesWhatIsNoBlock) {
  for (const char* text :
       {"", "mvau", "fork", "fork width=", "fork width=4x", "fork width", "other width=4",
        "fifo depth=4 width=2 m=both", "thresholds c=4 lanes=2 p=8",
        "thresholds c=4 lanes=2 p=8 t=u2:parallel", "add lanes=1 l=x4 r=u4 b=u5"}) {
    EXPECT_FALSE(blockFromText(text)) << text;
  }
}

/// Least squares needs as many features of every block of a group.
TEST(Features, AreAsManyForEveryBlockOfAGroup) {
  const ProductTable products({});
  for (const Family& family : families()) {
    std::array<std::size_t, std::variant_size_v<Block>> lut{};
    std::array<std::size_t, std::variant_size_v<Block>> ff{};
    for (const CalibrationPoint& point : calibrationGrid()) {
      const Features features = featuresOf(point.block, family, products);
      const std::size_t kind = fitGroup(point.block);
      if (lut[kind] == 0) lut[kind] = features.lut.size();
      if (ff[kind] == 0) ff[kind] = features.ff.size();
      EXPECT_EQ(features.lut.size(), lut[kind]);
      EXPECT_EQ(features.ff.size(), ff[kind]);
      for (const double value : features.ff) EXPECT_GE(value, 0) << blockText(point.block);
    }
  }
}

/// A part takes area, what is saved is below zero, and neither is ever the other; only the units of
/// dot products and thresholds have what is saved.
TEST(Features, AreOfOneSign) {
  const ProductTable products({});
  const std::size_t parts = fitGroup(MvauBlock{});
  for (const Family& family : families()) {
    std::vector<double> least;
    std::vector<double> most;
    for (const CalibrationPoint& point : calibrationGrid()) {
      const std::vector<double> lut = featuresOf(point.block, family, products).lut;
      if (fitGroup(point.block) != parts) {
        for (const double value : lut) EXPECT_GE(value, 0) << blockText(point.block);
        continue;
      }
      least.resize(lut.size());
      most.resize(lut.size());
      for (std::size_t i = 0; i < lut.size(); ++i) {
        least[i] = std::min(least[i], lut[i]);
        most[i] = std::max(most[i], lut[i]);
      }
    }
    for (std::size_t i = 0; i < least.size(); ++i) EXPECT_TRUE(least[i] == 0 || most[i] == 0) << i;
  }
}

TEST(Features, FollowP) {
  const Family& family = families().front();
  MvauBlock narrow{64, 32, 4, 2, {4}, {{4}}, {16}, MemoryStyle::kBlock, {}};
  MvauBlock wide = narrow;
  wide.accumulator = {32};
  const ProductTable products({});
  EXPECT_NE(featuresOf(narrow, family, products).lut, featuresOf(wide, family, products).lut);
  EXPECT_NE(featuresOf(narrow, family, products).ff, featuresOf(wide, family, products).ff);
}

}  // namespace
}  // namespace a2q::testing
