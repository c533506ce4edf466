// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hw_backend/flow/netlist.h"
#include "hw_backend/flow/synthesis_report.h"

namespace a2q {

/// What a netlist of a family takes; tool and time are left open.
[[nodiscard]] SynthesisReport countCells(const Netlist& netlist, const std::string& family);

/// Logic cells of iCE40 (one LUT, one carry and one flip-flop each), as nextpnr packs: one for each
/// LUT; one for each carry that no LUT can join, that is one with the same two operands and the
/// same carry in (I1, I2, I3); one for each flip-flop whose D does not come from a LUT that feeds
/// nothing else. Cells that placement adds, to take a carry in or out of a chain, are not counted.
[[nodiscard]] std::int64_t ice40LogicCells(const Netlist& netlist);

}  // namespace a2q
