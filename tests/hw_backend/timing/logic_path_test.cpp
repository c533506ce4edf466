// SPDX-License-Identifier: GPL-3.0-or-later
// What decides the delay of a block.
#include "hw_backend/timing/logic_path.h"

#include <gtest/gtest.h>

#include "hw_backend/calibration/calibration_grid.h"

namespace a2q::testing {
namespace {

const Family& ice40() { return *(*findDevice("ice40hx8k"))->family; }
const Family& sevenSeries() { return *(*findDevice("xc7a35t"))->family; }

/// Round figures: a level 1 ns, a carry 0.1 ns.
DelayFigures figures() { return {.base = 1, .level = 1, .carry = 0.1, .memory = 2, .fan = 0}; }

MvauBlock unit(int p, std::int64_t simd) {
  MvauBlock block{.mw = 64,
                  .mh = 16,
                  .pe = 2,
                  .simd = simd,
                  .weights = {4},
                  .input = {{4}, Signedness::kUnsigned},
                  .accumulator = {p},
                  .memory = MemoryStyle::kBlock,
                  .thresholds = {}};
  return block;
}

MvauBlock withThresholds(int p, int bits) {
  MvauBlock block = unit(p, 1);
  block.thresholds = ThresholdBlock{.channels = 16,
                                    .lanes = 2,
                                    .accumulator = {p},
                                    .levels = (1 << bits) - 1,
                                    .output = {{bits}, Signedness::kUnsigned},
                                    .style = ThresholdStyle::kParallel,
                                    .memory = MemoryStyle::kLogic};
  return block;
}

double delay(const Block& block) {
  return delayOf(slowestPath(block, ice40(), figures()), figures());
}

TEST(LogicPath, ADelayIsTheSumOfItsParts) {
  const LogicPath path{"any", 3, 10, 1, 4};
  EXPECT_DOUBLE_EQ(delayOf(path, {1, 2, 0.5, 3, 0.25}), 1 + 6 + 5 + 3 + 1);
}

TEST(LogicPath, EveryBitOfAnAccumulatorIsACarry) {
  // P carries and four levels of thresholds bind once P is wide: each bit 0.1 ns.
  const double narrow = delay(withThresholds(40, 4));
  EXPECT_EQ(slowestPath(withThresholds(40, 4), ice40(), figures()).name, "thresholds");
  EXPECT_NEAR(delay(withThresholds(48, 4)) - narrow, 0.8, 1e-9);
}

TEST(LogicPath, BehindALongTreePDoesNotCount) {
  EXPECT_EQ(slowestPath(unit(12, 16), ice40(), figures()).name, "products and their sum");
  EXPECT_DOUBLE_EQ(delay(unit(12, 16)), delay(unit(20, 16)));
}

TEST(LogicPath, MoreProductsAStepMakeADeeperTree) {
  // 4, 16 and 64 rows of partial products: 2, 6 and 9 compressors of three to two.
  const double one = delay(unit(16, 1));
  EXPECT_DOUBLE_EQ(delay(unit(16, 4)) - one, 4);
  EXPECT_DOUBLE_EQ(delay(unit(16, 16)) - one, 8);
}

TEST(LogicPath, DeepConstantsNeedMultiplexers) {
  MvauBlock block = unit(8, 1);
  block.memory = MemoryStyle::kLogic;  // 512 words
  EXPECT_EQ(slowestPath(block, ice40(), figures()).name, "constants in tables");
  const LogicPath wide = slowestPath(block, ice40(), figures());
  for (const LogicPath& path : logicPaths(block, sevenSeries())) {
    if (path.name == wide.name) {
      // Two more inputs a table: two multiplexers of 0.8 levels less.
      EXPECT_NEAR(wide.levels - path.levels, 1.6, 1e-9);
    }
  }
}

TEST(LogicPath, EveryBlockOfTheGridHasOne) {
  for (const CalibrationPoint& point : calibrationGrid()) {
    const LogicPath path = slowestPath(point.block, ice40(), figures());
    EXPECT_FALSE(path.name.empty());
    EXPECT_GT(delayOf(path, figures()), figures().base) << blockName(point.block);
    EXPECT_LT(delayOf(path, figures()), 30) << blockName(point.block);
  }
}

}  // namespace
}  // namespace a2q::testing
