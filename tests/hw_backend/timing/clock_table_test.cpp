// SPDX-License-Identifier: GPL-3.0-or-later
// The files of measured clocks.
#include "hw_backend/timing/clock_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace a2q::testing {
namespace {

using ::testing::HasSubstr;

ClockTable table() {
  return {"ice40hx8k",
          "nextpnr",
          {{ForkBlock{8}, false, 210.25}, {FifoBlock{16, 8, MemoryStyle::kLogic}, true, 98.5}}};
}

TEST(ClockTable, IsReadBack) {
  const auto read = clockTableFromText(clockTableText(table()), "t.csv");
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->device, "ice40hx8k");
  EXPECT_EQ(read->tool, "nextpnr");
  ASSERT_EQ(read->rows.size(), 2U);
  EXPECT_EQ(read->rows[0].block, table().rows[0].block);
  EXPECT_DOUBLE_EQ(read->rows[0].mhz, 210.25);
  EXPECT_FALSE(read->rows[0].held_out);
  EXPECT_TRUE(read->rows[1].held_out);
}

TEST(ClockTable, ADamagedFileNamesItsLine) {
  const std::string text = clockTableText(table());
  const auto faults = std::vector<std::pair<std::string, std::string>>{
      {"", "line 1"},
      {text.substr(text.find('\n') + 1), "line 1"},
      {text.substr(0, text.find('\n') + 1), "line 2"},
      {text + "1,2\n", "line 6"},
      {text + "2,100,fork width=8\n", "line 6"},
      {text + "0,0,fork width=8\n", "line 6"},
      {text + "0,nan,fork width=8\n", "line 6"},
      {text + "0,100,nothing\n", "line 6"}};
  for (const auto& [damaged, place] : faults) {
    const auto read = clockTableFromText(damaged, "t.csv");
    ASSERT_FALSE(read) << damaged;
    EXPECT_EQ(read.error().code, ErrorCode::kFileFormat);
    EXPECT_THAT(read.error().message, HasSubstr(place));
    EXPECT_THAT(read.error().message, HasSubstr("t.csv"));
  }
}

}  // namespace
}  // namespace a2q::testing
