// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/device/device_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace a2q::testing {
namespace {

using ::testing::HasSubstr;

/// A text with one part replaced.
std::string changed(std::string_view text, std::string_view from, std::string_view to) {
  std::string out(text);
  const std::size_t at = out.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return out.replace(at, from.size(), to);
}

std::string_view textOf(std::span<const DataFile> files, std::string_view name) {
  for (const DataFile& file : files) {
    if (file.name == name) return file.text;
  }
  ADD_FAILURE() << name;
  return {};
}

TEST(DeviceFiles, EveryFileIsSound) {
  EXPECT_EQ(deviceFiles().size(), 4U);
  EXPECT_EQ(boardFiles().size(), 14U);
  for (const DataFile& file : deviceFiles()) {
    const auto read = readFamilyFile(file);
    EXPECT_TRUE(read) << describe(read.error());
  }
  for (const DataFile& file : boardFiles()) {
    const auto read = readBoardFile(file);
    EXPECT_TRUE(read) << describe(read.error());
  }
}

std::string familyError(std::string_view from, std::string_view to) {
  const std::string text = changed(textOf(deviceFiles(), "ice40.toml"), from, to);
  const auto read = readFamilyFile({"ice40.toml", text});
  return read ? "" : describe(read.error());
}

TEST(DeviceFiles, FaultsAreNamed) {
  EXPECT_THAT(familyError("luts = 5280", "luts = \"many\""), HasSubstr("'luts'"));
  EXPECT_THAT(familyError("dsps = 8", ""), HasSubstr("'dsps' is missing"));
  EXPECT_THAT(familyError("ffs = 5280", "ffs = 5280\nfsf = 1"), HasSubstr("Did you mean 'ffs'?"));
  EXPECT_THAT(familyError("\"256x16/1\"", "\"256 by 16\""), HasSubstr("256x16"));
  EXPECT_THAT(familyError("\"256x16/1\"", "\"256x16/3\""), HasSubstr("256x16"));
  EXPECT_THAT(familyError("\"256x16/1\"", "\"256x16/\""), HasSubstr("256x16"));
  EXPECT_THAT(familyError("[structure_source]", "[structure]"), HasSubstr("structure"));
  EXPECT_THAT(familyError("clocks_of = \"ice40up5k\"", ""), HasSubstr("clocks_of"));
  EXPECT_THAT(familyError("clocks_of = \"ice40up5k\"", "clocks_of = \"\""), HasSubstr("clocks_of"));
}

TEST(DeviceFiles, DelaysStandInOnePlace) {
  const std::string delays =
      "[delays]\nbase_ns = 1\nlevel_ns = 1\ncarry_ns = 0.1\nmemory_ns = 2\nfan_ns = 0.2\n"
      "low = 0.5\nhigh = 2\n\n[[device]]";
  // Those of the family are for devices without measured clocks.
  EXPECT_EQ(familyError("[[device]]", delays), "");
  EXPECT_THAT(familyError("[[device]]", changed(delays, "low = 0.5", "low = 1.5")),
              HasSubstr("'low' in [delays]"));
  EXPECT_THAT(familyError("[[device]]", changed(delays, "level_ns = 1", "")),
              HasSubstr("level_ns"));
  const std::string text =
      changed(changed(textOf(deviceFiles(), "ice40.toml"), "[[device]]", delays),
              "clocks_of = \"ice40up5k\"", "");
  const auto read = readFamilyFile({"ice40.toml", text});
  ASSERT_TRUE(read) << describe(read.error());
  ASSERT_TRUE(read->devices.front().delays);
  EXPECT_EQ(read->devices.front().delays->high, 2);
  EXPECT_FALSE(read->devices.back().delays);
}

std::string boardError(std::string_view from, std::string_view to) {
  const std::string text = changed(textOf(boardFiles(), "icebreaker.toml"), from, to);
  const auto read = readBoardFile({"icebreaker.toml", text});
  return read ? "" : describe(read.error());
}

TEST(BoardFiles, FaultsAreNamed) {
  EXPECT_THAT(boardError("0403:6010", "0403:601"), HasSubstr("no USB id"));
  EXPECT_THAT(boardError("0403:6010", "0403-6010"), HasSubstr("no USB id"));
  EXPECT_THAT(boardError("fpga_rx = \"6\"", "fpga_rx = \"\""), HasSubstr("'fpga_rx'"));
  EXPECT_THAT(boardError("link = \"uart\"", "link = \"usart\""), HasSubstr("\"uart\""));
  EXPECT_THAT(boardError("device = \"ice40up5k\"", ""), HasSubstr("device is missing"));
  EXPECT_THAT(boardError("[pins_source]", "[pin_source]"), HasSubstr("pin_source"));
  EXPECT_EQ(boardError("title = \"iCEBreaker\"", "title = \"x\""), "");
}

}  // namespace
}  // namespace a2q::testing
