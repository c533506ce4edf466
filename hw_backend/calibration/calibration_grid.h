// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "hw_backend/design/block.h"

namespace a2q {

/// A block to be synthesised: to fit the model, or to find its error on what it never saw.
struct CalibrationPoint {
  Block block;
  bool held_out = false;
};

/// The blocks that a calibration synthesises: drawn at random, always the same ones, over the sizes
/// of real layers; all can be generated. About a quarter is held out.
[[nodiscard]] std::vector<CalibrationPoint> calibrationGrid();

}  // namespace a2q
