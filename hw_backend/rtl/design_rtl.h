// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/integer/integer_network.h"
#include "hw_backend/design/dataflow_design.h"
#include "hw_backend/rtl/block_rtl.h"

namespace a2q {

/// The files of a whole design: a top module that connects one module a stage, NAME_b0, NAME_b1, ….
/// `network` is what the design was made of. Ports: clk, rst, in_* (codes), out_* (what the last
/// stage gives), both in the order of streamOrders(); `overflow`, where a monitor is asked for, is
/// set once a sum anywhere did not fit.
///
/// Whether P bits suffice is shown for the codes that really occur (IntegerWeights::input_range).
/// Errors: kOverflowPossible with the layer; kNotInLibrary for a sum of streams of different
/// orders; kSpecValue where constants do not fit a block; kModuleName.
[[nodiscard]] Result<RtlFiles> generateDesign(const DataflowDesign& design,
                                              const IntegerNetwork& network,
                                              const RtlOptions& options = {});

}  // namespace a2q
