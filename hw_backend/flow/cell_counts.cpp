// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/flow/cell_counts.h"

#include <array>
#include <span>
#include <string_view>

namespace a2q {
namespace {

using Amount = std::int64_t SynthesisReport::*;

/// Cells whose type begins so count `each` towards an amount; no two rows of an amount overlap.
struct CellRule {
  std::string_view prefix;
  Amount amount;
  std::int64_t each;
};

constexpr std::array kIce40 = {
    CellRule{"SB_LUT4", &SynthesisReport::lut, 1},
    CellRule{"SB_DFF", &SynthesisReport::ff, 1},
    CellRule{"SB_RAM40_4K", &SynthesisReport::bram, 1},
    CellRule{"SB_MAC16", &SynthesisReport::dsp, 1},
    CellRule{"SB_CARRY", &SynthesisReport::carry, 1},
};

// A CCU2C is a slice's two LUTs; a distributed RAM of 16 × 4 takes three slices.
constexpr std::array kEcp5 = {
    CellRule{"LUT4", &SynthesisReport::lut, 1},
    CellRule{"CCU2C", &SynthesisReport::lut, 2},
    CellRule{"TRELLIS_DPR16X4", &SynthesisReport::lut, 6},
    CellRule{"TRELLIS_FF", &SynthesisReport::ff, 1},
    CellRule{"DP16KD", &SynthesisReport::bram, 1},
    CellRule{"PDPW16KD", &SynthesisReport::bram, 1},
    CellRule{"MULT18X18D", &SynthesisReport::dsp, 1},
    CellRule{"CCU2C", &SynthesisReport::carry, 1},
};

constexpr std::array kXc7 = {
    CellRule{"LUT", &SynthesisReport::lut, 1},
    CellRule{"INV", &SynthesisReport::lut, 1},
    CellRule{"SRL", &SynthesisReport::lut, 1},
    CellRule{"RAM32M", &SynthesisReport::lut, 4},
    CellRule{"RAM64M", &SynthesisReport::lut, 4},
    CellRule{"RAM128X1D", &SynthesisReport::lut, 4},
    CellRule{"RAM256X1S", &SynthesisReport::lut, 4},
    CellRule{"RAM128X1S", &SynthesisReport::lut, 2},
    CellRule{"RAM64X1D", &SynthesisReport::lut, 2},
    CellRule{"RAM32X1D", &SynthesisReport::lut, 2},
    CellRule{"RAM64X1S", &SynthesisReport::lut, 1},
    CellRule{"RAM32X1S", &SynthesisReport::lut, 1},
    CellRule{"FD", &SynthesisReport::ff, 1},
    CellRule{"RAMB36E1", &SynthesisReport::bram, 2},
    CellRule{"RAMB18E1", &SynthesisReport::bram, 1},
    CellRule{"DSP48E1", &SynthesisReport::dsp, 1},
    CellRule{"CARRY4", &SynthesisReport::carry, 1},
};

// Gowin's own report counts six LUTs for a distributed RAM.
constexpr std::array kGowin = {
    CellRule{"LUT", &SynthesisReport::lut, 1},   CellRule{"ALU", &SynthesisReport::lut, 1},
    CellRule{"RAM16", &SynthesisReport::lut, 6}, CellRule{"DFF", &SynthesisReport::ff, 1},
    CellRule{"pROM", &SynthesisReport::bram, 1}, CellRule{"SP", &SynthesisReport::bram, 1},
    CellRule{"SDP", &SynthesisReport::bram, 1},  CellRule{"DP", &SynthesisReport::bram, 1},
    CellRule{"MULT", &SynthesisReport::dsp, 1},  CellRule{"ALU", &SynthesisReport::carry, 1},
};

std::span<const CellRule> rulesOf(std::string_view family) {
  if (family == "ice40") return kIce40;
  if (family == "ecp5") return kEcp5;
  if (family == "xc7") return kXc7;
  return kGowin;
}

}  // namespace

SynthesisReport countCells(const Netlist& netlist, const std::string& family) {
  SynthesisReport report;
  report.family = family;
  for (const NetlistCell& cell : netlist.cells) ++report.cells[cell.type];
  for (const auto& [type, number] : report.cells)
    for (const CellRule& rule : rulesOf(family))
      if (type.starts_with(rule.prefix)) report.*rule.amount += rule.each * number;
  report.logic_cells = family == "ice40" ? ice40LogicCells(netlist) : report.lut;
  return report;
}

}  // namespace a2q
