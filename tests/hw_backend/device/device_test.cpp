// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/device/device.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "hw_backend/device/board.h"

namespace a2q::testing {
namespace {

using ::testing::HasSubstr;

const Device& device(std::string_view name) {
  const auto found = findDevice(name);
  if (!found) throw std::runtime_error(describe(found.error()));
  return **found;
}

TEST(Devices, TotalsAreThoseOfTheVendors) {
  EXPECT_EQ(device("ice40up5k").totals, (ResourceVector{5280, 5280, 30, 8}));
  EXPECT_EQ(device("ice40hx8k").totals, (ResourceVector{7680, 7680, 32, 0}));
  EXPECT_EQ(device("ice40hx1k").totals, (ResourceVector{1280, 1280, 16, 0}));
  EXPECT_EQ(device("lfe5u-85f").totals, (ResourceVector{83640, 83640, 208, 156}));
  EXPECT_EQ(device("xc7a35t").totals, (ResourceVector{20800, 41600, 100, 90}));
  EXPECT_EQ(device("xc7a100t").totals, (ResourceVector{63400, 126800, 270, 240}));
  EXPECT_EQ(device("xc7z020").totals, (ResourceVector{53200, 106400, 280, 220}));
  EXPECT_EQ(device("gw1nr-9c").totals, (ResourceVector{8640, 6480, 26, 20}));
  EXPECT_EQ(device("gw2ar-18c").totals, (ResourceVector{20736, 15552, 46, 48}));
}

TEST(Devices, NamesAreUnique) {
  std::set<std::string> names;
  for (const Device& one : devices()) EXPECT_TRUE(names.insert(one.name).second) << one.name;
  for (const Board& one : boards()) EXPECT_TRUE(names.insert(one.name).second) << one.name;
}

TEST(Devices, BoardsNameDevicesToo) {
  EXPECT_EQ(device("icebreaker").name, "ice40up5k");
  EXPECT_EQ(device("PYNQ-Z2").name, "xc7z020");
  EXPECT_EQ(device("tang-nano-20k").family->name, "gowin");
}

TEST(Devices, UnknownOnesGetTheNearestName) {
  const auto found = findDevice("icebraker");
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, ErrorCode::kUnknownDevice);
  EXPECT_THAT(found.error().remedy, HasSubstr("'icebreaker'"));
  EXPECT_THAT(found.error().cause, HasSubstr("xc7a35t"));
  EXPECT_FALSE(findDevice("simulated"));
  EXPECT_FALSE(findDevice(""));
}

/// As Yosys 0.23 put such memories together.
TEST(Devices, BlockMemoriesAreUsedAsTheToolUsesThem) {
  const Family& ice40 = *device("ice40up5k").family;
  const Family& ecp5 = *device("lfe5u-25f").family;
  const Family& xc7 = *device("xc7a35t").family;
  EXPECT_EQ(ice40.stackFor(256, 16), (MemoryStack{1, 1}));
  EXPECT_EQ(ice40.stackFor(2048, 2), (MemoryStack{1, 1}));
  EXPECT_EQ(ice40.stackFor(257, 16), (MemoryStack{2, 1}));
  EXPECT_EQ(ice40.stackFor(1024, 5), (MemoryStack{2, 1}));
  EXPECT_EQ(xc7.stackFor(512, 36), (MemoryStack{1, 1}));
  // Each bit of a 256x16 is written by itself: five levels of 40 bits in 200 columns.
  EXPECT_EQ(ice40.stackFor(1152, 40), (MemoryStack{13, 5}));
  // Three levels of five lanes of nine bits, four of them a memory.
  EXPECT_EQ(ecp5.stackFor(1152, 40), (MemoryStack{4, 3}));
  EXPECT_EQ(ecp5.stackFor(3000, 20), (MemoryStack{5, 1}));
  EXPECT_EQ(xc7.stackFor(12800, 8), (MemoryStack{7, 7}));
}

TEST(Devices, ConstantsFillEveryColumnOfABlockMemory) {
  const Family& ice40 = *device("ice40up5k").family;
  const Family& ecp5 = *device("lfe5u-25f").family;
  EXPECT_EQ(ice40.constantStackFor(12800, 8), (MemoryStack{25, 25}));
  EXPECT_EQ(ice40.constantStackFor(11200, 32), (MemoryStack{88, 11}));
  EXPECT_EQ(ecp5.constantStackFor(12800, 8), (MemoryStack{6, 13}));
  EXPECT_EQ(ecp5.constantStackFor(25600, 8), (MemoryStack{12, 13}));
  EXPECT_EQ(ecp5.constantStackFor(25600, 16), (MemoryStack{23, 25}));
  EXPECT_EQ(ecp5.constantStackFor(16384, 8), (MemoryStack{8, 1}));
}

TEST(Boards, EveryBoardOfTheTableIsThere) {
  for (const char* name : {"icebreaker", "ice40-hx8k-b-evn", "ulx3s-12f", "ulx3s-25f", "ulx3s-45f",
                           "ulx3s-85f", "colorlight-i5", "tang-nano-9k", "tang-nano-20k",
                           "arty-a7-35t", "arty-a7-100t", "pynq-z2", "zybo-z7-20", "simulated"}) {
    EXPECT_TRUE(findBoard(name)) << name;
  }
  const Board& board = **findBoard("icebreaker");
  EXPECT_EQ(board.clock_hz, 12e6);
  EXPECT_EQ(board.clock_pin, "35");
  EXPECT_EQ(board.uart_tx_pin, "9");
  EXPECT_EQ(board.uart_rx_pin, "6");
  EXPECT_EQ(board.usb_id, "0403:6010");
  EXPECT_EQ((*findBoard("pynq-z2"))->link, BoardLinkKind::kProcessingSystem);
}

TEST(Boards, AllButTheSimulatedOneHaveADevice) {
  for (const Board& board : boards()) {
    EXPECT_EQ(board.device == nullptr, board.link == BoardLinkKind::kPseudoTerminal) << board.name;
  }
}

}  // namespace
}  // namespace a2q::testing
