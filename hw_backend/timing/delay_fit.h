// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hw_backend/calibration/fit.h"
#include "hw_backend/device/device.h"
#include "hw_backend/timing/clock_table.h"

namespace a2q {

/// Delays fitted to placed and routed blocks, and the errors of the clock that follows from them.
struct DelayFit {
  DelayFigures figures;
  ErrorFigures fitted;    ///< relative, of the blocks it was fitted to
  ErrorFigures held_out;  ///< of those it never saw
};

/// Least squares of relative errors of the longest delay, max over logicPaths(): which path is the
/// longest follows from the delays, so both are found in turns. No delay is below zero. The range
/// holds 90 % of all blocks. Errors: kFileFormat where a table has too few blocks.
[[nodiscard]] Result<DelayFit> fitDelays(const ClockTable& table, const Family& family);

}  // namespace a2q
