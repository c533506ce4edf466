// SPDX-License-Identifier: GPL-3.0-or-later
// The files of measurements.
#include "hw_backend/calibration/measurements.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "hw_backend/calibration/calibration_data.h"
#include "hw_backend/calibration/complete_table.h"
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

TEST(Measurements, OlderFilesEndWithoutALineOfCounts) {
  const std::string text = measurementsText(table());
  const auto read = measurementsFromText(text.substr(0, text.find("# end")), "t.csv");
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->rows.size(), 2U);
  EXPECT_EQ(read->products.size(), 1U);
}

TEST(Measurements, ADamagedFileNamesItsLine) {
  const std::string text = measurementsText(table());
  const std::string open = text.substr(0, text.find("# end"));
  const auto faults = std::vector<std::pair<std::string, std::string>>{
      {"", "line 1"},
      {text.substr(text.find('\n') + 1), "line 1"},
      {text.substr(0, text.find('\n') + 1), "line 2"},
      {open + "1,2\n", "line 7"},
      {open + "1,2,3,4,5,nothing\n", "line 7"},
      {open + "0,-2,3,4,5,fork width=8\n", "line 7"},
      {open + "product,3,4,x4,0\n", "line 7"},
      {open + "product,3,4,u4,0 \n", "line 7"},
      {open + "# end, 2 blocks, 2 products\n", "line 7"},
      {text + open.substr(open.rfind("product,")), "line 7"}};
  for (const auto& [damaged, place] : faults) {
    const auto read = measurementsFromText(damaged, "t.csv");
    ASSERT_FALSE(read) << damaged;
    EXPECT_EQ(read.error().code, ErrorCode::kFileFormat);
    EXPECT_THAT(read.error().message, HasSubstr(place));
    EXPECT_THAT(read.error().message, HasSubstr("t.csv"));
  }
}

TEST(Measurements, WhatTheProgramBringsIsComplete) {
  for (const Family& family : families()) {
    const auto brought = calibrationData(family.name);
    ASSERT_TRUE(brought) << describe(brought.error());
    const Status complete = checkComplete(*brought, family);
    EXPECT_TRUE(complete) << describe(complete.error());
    EXPECT_TRUE(brought->file.empty());
  }
}

TEST(Measurements, WhatAFitLacksIsNamed) {
  const Family& family = *std::ranges::find(families(), "xc7", &Family::name);
  const MeasurementTable whole = calibrationData("xc7").value();
  const auto problem = [&](const MeasurementTable& table) {
    const Status complete = checkComplete(table, family);
    return complete ? std::string() : describe(complete.error());
  };
  MeasurementTable other = whole;
  other.family = "ice40";
  EXPECT_THAT(problem(other), HasSubstr("of the family ice40, not of xc7"));
  MeasurementTable cut = whole;
  cut.products.pop_back();
  EXPECT_THAT(problem(cut), HasSubstr("1 products are missing"));
  MeasurementTable kinds = whole;
  std::erase_if(kinds.rows, [](const Measurement& row) {
    return std::holds_alternative<PixelShuffleBlock>(row.block);
  });
  EXPECT_THAT(problem(kinds), HasSubstr("blocks of the kind pixel shuffle, here are 0"));
  MeasurementTable few = whole;
  std::size_t pools = 0;
  std::erase_if(few.rows, [&](const Measurement& row) {
    return std::holds_alternative<PoolBlock>(row.block) && ++pools > 2;
  });
  EXPECT_THAT(problem(few), HasSubstr("here are 2"));
}

TEST(Measurements, AFamilyThatNobodyMeasuredIsAnError) {
  const auto none = calibrationData("nobody");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::kNotInLibrary);
  EXPECT_THAT(none.error().remedy, HasSubstr("a2q calibrate --family nobody"));
}

}  // namespace
}  // namespace a2q::testing
