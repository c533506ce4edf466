// SPDX-License-Identifier: GPL-3.0-or-later
// The model fitted to measurements.
#include "hw_backend/estimate/calibrated_model.h"

#include <gtest/gtest.h>

#include "hw_backend/calibration/calibration_grid.h"
#include "hw_backend/calibration/features.h"

namespace a2q::testing {
namespace {

/// "Measurements" that are a linear function of the features, so that the truth is known.
MeasurementTable made(const Family& family) {
  MeasurementTable table{family.name, "a made-up tool", {}};
  for (const CalibrationPoint& point : calibrationGrid()) {
    const Features features = featuresOf(point.block, family, ProductTable({}));
    double lut = 100;
    double ff = 50;
    for (const double value : features.lut) lut += value;
    for (const double value : features.ff) ff += 2 * value;
    table.rows.push_back(
        {point.block, point.held_out, {lut, ff, blockMemories(point.block, family), 0}});
  }
  return table;
}

TEST(CalibratedModel, FindsALinearTruthOfEveryKind) {
  for (const Family& family : families()) {
    const CalibratedModel model(made(family), family);
    for (const auto& fit : model.fits()) {
      ASSERT_TRUE(fit);
      EXPECT_LT(fit->lut.held_out.median, 0.03) << family.name << ' ' << fit->kind;
      EXPECT_LT(fit->ff.held_out.median, 0.03) << family.name << ' ' << fit->kind;
      EXPECT_EQ(fit->other_memories, 0U);
    }
  }
}

TEST(CalibratedModel, GivesAnIntervalAndASource) {
  const Family& family = families().front();
  const MeasurementTable table = made(family);
  const CalibratedModel model(table, family);
  for (const Measurement& row : table.rows) {
    const ResourceEstimate estimate = model.estimate(row.block);
    ASSERT_TRUE(estimate.low && estimate.high);
    EXPECT_TRUE(fitsIn(*estimate.low, estimate.value));
    EXPECT_TRUE(fitsIn(estimate.value, *estimate.high));
    EXPECT_EQ(estimate.value.bram, row.use.bram);
    EXPECT_NE(estimate.source.find("a made-up tool"), std::string_view::npos);
  }
}

TEST(CalibratedModel, SaysWhereABlockIsLargerThanAnyThatWasMeasured) {
  const Family& family = families().front();
  const CalibratedModel model(made(family), family);
  const IntegerFormat eight{{8}, Signedness::kSigned};
  AddBlock block{4, eight, eight, {{9}, Signedness::kSigned}};
  EXPECT_EQ(model.estimate(block).larger, 0U);
  block.lanes = 4096;
  EXPECT_EQ(model.estimate(block).larger, 1U);
}

}  // namespace
}  // namespace a2q::testing
