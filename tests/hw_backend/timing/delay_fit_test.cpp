// SPDX-License-Identifier: GPL-3.0-or-later
// Delays from clocks that are made of known ones.
#include "hw_backend/timing/delay_fit.h"

#include <gtest/gtest.h>

#include "hw_backend/calibration/calibration_grid.h"
#include "hw_backend/timing/logic_path.h"

namespace a2q::testing {
namespace {

const Family& ice40() { return *(*findDevice("ice40hx8k"))->family; }

/// The grid with the clocks that some delays give, every second one off by a factor.
ClockTable made(const DelayFigures& truth, double factor) {
  ClockTable table{"ice40hx8k", "made up", {}};
  for (const CalibrationPoint& point : calibrationGrid()) {
    const double off = table.rows.size() % 2 == 0 ? factor : 1 / factor;
    const double delay = off * delayOf(slowestPath(point.block, ice40(), truth), truth);
    table.rows.push_back({point.block, point.held_out, 1e3 / delay});
  }
  return table;
}

TEST(DelayFit, FindsTheDelaysThatMadeTheClocks) {
  for (const DelayFigures& truth :
       {DelayFigures{0.5, 1.2, 0.15, 2.2, 0.25}, DelayFigures{2, 3.6, 0.45, 1.5, 0.6}}) {
    const auto fit = fitDelays(made(truth, 1), ice40());
    ASSERT_TRUE(fit) << describe(fit.error());
    EXPECT_NEAR(fit->figures.level, truth.level, 0.03 * truth.level);
    EXPECT_NEAR(fit->figures.carry, truth.carry, 0.1 * truth.carry);
    EXPECT_NEAR(fit->figures.memory, truth.memory, 0.1 * truth.memory);
    EXPECT_LT(fit->held_out.worst, 0.05);
    EXPECT_GT(fit->held_out.blocks, 50U);
  }
}

TEST(DelayFit, TellsHowFarBlocksAreOff) {
  const auto fit = fitDelays(made({0.5, 1.2, 0.15, 2.2, 0.25}, 1.2), ice40());
  ASSERT_TRUE(fit);
  EXPECT_NEAR(fit->figures.high, 1.2, 0.06);
  EXPECT_NEAR(fit->figures.low, 1 / 1.2, 0.06);
  EXPECT_NEAR(fit->held_out.median, 0.2, 0.06);
}

TEST(DelayFit, AHandfulOfBlocksIsTooFew) {
  ClockTable table = made({0.5, 1.2, 0.15, 2.2, 0.25}, 1);
  table.rows.resize(5);
  const auto fit = fitDelays(table, ice40());
  ASSERT_FALSE(fit);
  EXPECT_EQ(fit.error().code, ErrorCode::kFileFormat);
}

TEST(DelayFit, BlocksThatAreAllHeldOutAreTooFewAsWell) {
  ClockTable table = made({0.5, 1.2, 0.15, 2.2, 0.25}, 1);
  for (ClockMeasurement& row : table.rows) row.held_out = true;
  EXPECT_FALSE(fitDelays(table, ice40()));
}

}  // namespace
}  // namespace a2q::testing
