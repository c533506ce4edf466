// SPDX-License-Identifier: GPL-3.0-or-later
// The files of measurements.
#include "hw_backend/calibration/measurements.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hw_backend/calibration/calibration_data.h"
#include "hw_backend/device/device.h"

namespace a2q::testing {
namespace {

using ::testing::HasSubstr;

MeasurementTable table() {
  return {"ice40",
          "Yosys 0.23",
          {{ForkBlock{8}, false, {12, 10, 0, 0}},
           {FifoBlock{16, 8, MemoryStyle::kLogic}, true, {40, 30, 1, 2}}},
          {{{{4}, {{3}, Signedness::kSigned}, true}, 31}}};
}

TEST(Measurements, AreReadBack) {
  const auto read = measurementsFromText(measurementsText(table()), "t.csv");
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->family, "ice40");
  EXPECT_EQ(read->tool, "Yosys 0.23");
  ASSERT_EQ(read->rows.size(), 2U);
  EXPECT_EQ(read->rows[1].block, table().rows[1].block);
  EXPECT_TRUE(read->rows[1].held_out);
  EXPECT_EQ(read->rows[1].use, table().rows[1].use);
  ASSERT_EQ(read->products.size(), 1U);
  EXPECT_EQ(read->products[0].product, table().products[0].product);
  EXPECT_EQ(read->products[0].lut, 31);
}

TEST(Measurements, ADamagedFileNamesItsLine) {
  const std::string text = measurementsText(table());
  const auto faults = std::vector<std::pair<std::string, std::string>>{
      {"", "line 1"},
      {text.substr(text.find('\n') + 1), "line 1"},
      {text.substr(0, text.find('\n') + 1), "line 2"},
      {text + "1,2\n", "line 7"},
      {text + "1,2,3,4,5,nothing\n", "line 7"},
      {text + "0,-2,3,4,5,fork width=8\n", "line 7"},
      {text + "product,3,4,x4,0\n", "line 7"},
      {text + "product,3,4,u4,0 \n", "line 7"}};
  for (const auto& [damaged, place] : faults) {
    const auto read = measurementsFromText(damaged, "t.csv");
    ASSERT_FALSE(read) << damaged;
    EXPECT_EQ(read.error().code, ErrorCode::kFileFormat);
    EXPECT_THAT(read.error().message, HasSubstr(place));
    EXPECT_THAT(read.error().message, HasSubstr("t.csv"));
  }
}

TEST(Measurements, AFamilyThatNobodyMeasuredIsAnError) {
  const auto none = calibrationData("nobody");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::kNotInLibrary);
  EXPECT_THAT(none.error().remedy, HasSubstr("a2q calibrate --family nobody"));
}

}  // namespace
}  // namespace a2q::testing
