// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/flow/cell_counts.h"

#include <gtest/gtest.h>

namespace a2q {
namespace {

NetlistCell lut(NetBit out, NetBit i1 = -1, NetBit i2 = -1, NetBit i3 = -1) {
  return {"SB_LUT4", {{"I0", {-1}}, {"I1", {i1}}, {"I2", {i2}}, {"I3", {i3}}, {"O", {out}}}};
}

NetlistCell carry(NetBit i0, NetBit i1, NetBit in, NetBit out) {
  return {"SB_CARRY", {{"I0", {i0}}, {"I1", {i1}}, {"CI", {in}}, {"CO", {out}}}};
}

NetlistCell flipFlop(NetBit data, NetBit out) {
  return {"SB_DFF", {{"C", {1}}, {"D", {data}}, {"Q", {out}}}};
}

std::int64_t logicCells(std::vector<NetlistCell> cells, std::vector<NetBit> ports = {}) {
  return ice40LogicCells({std::move(cells), std::move(ports)});
}

TEST(Ice40LogicCells, PacksACarryWithTheLutOfTheSameSum) {
  EXPECT_EQ(logicCells({lut(20, 2, 3, 4), carry(2, 3, 4, 5)}), 1);
  EXPECT_EQ(logicCells({lut(20, 2, 3, 6), carry(2, 3, 4, 5)}), 2);
  EXPECT_EQ(logicCells({lut(20, 2, 3, 4), carry(2, 3, 4, 5), carry(2, 3, 4, 6)}), 2);
}

TEST(Ice40LogicCells, PacksAFlipFlopWithTheLutThatOnlyItReads) {
  EXPECT_EQ(logicCells({lut(20), flipFlop(20, 21)}), 1);
  EXPECT_EQ(logicCells({lut(20), flipFlop(20, 21), flipFlop(20, 22)}), 3);
  EXPECT_EQ(logicCells({lut(20), flipFlop(20, 21)}, {20}), 2);
  EXPECT_EQ(logicCells({flipFlop(7, 21)}), 1);
}

TEST(CellCounts, WeighsEveryFamilysCells) {
  const auto cells = [](std::initializer_list<const char*> types) {
    Netlist netlist;
    for (const char* type : types) netlist.cells.push_back({type, {}});
    return netlist;
  };
  const auto ecp5 = countCells(
      cells({"LUT4", "CCU2C", "TRELLIS_DPR16X4", "PFUMX", "TRELLIS_FF", "DP16KD"}), "ecp5");
  EXPECT_EQ(ecp5.lut, 9);
  EXPECT_EQ(ecp5.carry, 1);
  EXPECT_EQ(ecp5.bram, 1);
  EXPECT_EQ(ecp5.logic_cells, 9);
  const auto xc7 = countCells(
      cells({"LUT6", "LUT2", "RAM32M", "MUXF7", "FDRE", "RAMB36E1", "RAMB18E1", "DSP48E1"}), "xc7");
  EXPECT_EQ(xc7.lut, 6);
  EXPECT_EQ(xc7.ff, 1);
  EXPECT_EQ(xc7.bram, 3);
  EXPECT_EQ(xc7.dsp, 1);
  const auto gowin = countCells(
      cells({"LUT1", "ALU", "RAM16SDP4", "MUX2_LUT5", "DFFRE", "SPX9", "pROM"}), "gowin");
  EXPECT_EQ(gowin.lut, 8);
  EXPECT_EQ(gowin.ff, 1);
  EXPECT_EQ(gowin.bram, 2);
  EXPECT_EQ(gowin.cells.at("MUX2_LUT5"), 1);
}

TEST(SynthesisReport, ComesBackFromJson) {
  SynthesisReport report{"ice40", {{"SB_LUT4", 5}}, 5, 4, 3, 2, 1, 7, "Yosys 0.23", 1.5};
  EXPECT_EQ(synthesisReportFromJson(toJson(report)).value(), report);
  EXPECT_FALSE(synthesisReportFromJson("{}").has_value());
  EXPECT_FALSE(synthesisReportFromJson(toJson(report).substr(0, 40)).has_value());
}

TEST(Netlist, IsReadFromYosysJson) {
  const auto netlist = parseNetlist(
      R"({"modules": {"t": {"ports": {"a": {"bits": [2, 3]}},
          "cells": {"x": {"type": "SB_LUT4", "connections": {"O": [4], "I0": ["1"]}}}}}})",
      "t");
  ASSERT_TRUE(netlist.has_value());
  EXPECT_EQ(netlist->port_bits, (std::vector<NetBit>{2, 3}));
  ASSERT_EQ(netlist->cells.size(), 1U);
  EXPECT_EQ(netlist->cells[0].bit("O"), 4);
  EXPECT_LT(netlist->cells[0].bit("I0"), 0);
  EXPECT_FALSE(parseNetlist("{\"modules\": {}}", "t").has_value());
}

}  // namespace
}  // namespace a2q
