// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>
#include <set>
#include <tuple>

#include "hw_backend/flow/cell_counts.h"

namespace a2q {
namespace {

/// Two operands and the carry in.
using AdderInputs = std::tuple<NetBit, NetBit, NetBit>;

/// How many cells and ports of the design read each net, and which nets LUTs drive.
struct Nets {
  std::map<NetBit, int> readers;
  std::set<NetBit> from_luts;
};

bool isOutput(const std::string& port) { return port == "O" || port == "CO" || port == "Q"; }

Nets netsOf(const Netlist& netlist) {
  Nets nets;
  for (const NetBit bit : netlist.port_bits) ++nets.readers[bit];
  for (const NetlistCell& cell : netlist.cells) {
    for (const auto& [port, bits] : cell.ports)
      if (!isOutput(port))
        for (const NetBit bit : bits) ++nets.readers[bit];
    if (cell.type == "SB_LUT4") nets.from_luts.insert(cell.bit("O"));
  }
  return nets;
}

}  // namespace

std::int64_t ice40LogicCells(const Netlist& netlist) {
  const Nets nets = netsOf(netlist);
  std::map<AdderInputs, int> free_luts;
  std::int64_t cells = 0;
  for (const NetlistCell& cell : netlist.cells)
    if (cell.type == "SB_LUT4") {
      ++cells;
      ++free_luts[{cell.bit("I1"), cell.bit("I2"), cell.bit("I3")}];
    }
  for (const NetlistCell& cell : netlist.cells) {
    if (cell.type == "SB_CARRY") {
      const auto lut = free_luts.find({cell.bit("I0"), cell.bit("I1"), cell.bit("CI")});
      if (lut != free_luts.end() && lut->second > 0)
        --lut->second;
      else
        ++cells;
    } else if (cell.type.starts_with("SB_DFF")) {
      const NetBit data = cell.bit("D");
      const auto readers = nets.readers.find(data);
      const bool alone = readers != nets.readers.end() && readers->second == 1;
      if (!nets.from_luts.contains(data) || !alone) ++cells;
    }
  }
  return cells;
}

}  // namespace a2q
