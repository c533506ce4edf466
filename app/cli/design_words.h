// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "hw_backend/design/dataflow_design.h"
#include "hw_backend/device/device.h"

namespace a2q::cli {

/// Where weights are kept, "logic" or "block"; nothing for a layer without any.
[[nodiscard]] std::string memoryText(const DesignLayer& layer, const LayerFolding& folding);

/// "parallel" or "binary_search", as a folding file says it, with ", block" where the thresholds
/// are in block memories; nothing without thresholds.
[[nodiscard]] std::string thresholdText(const DesignLayer& layer, const LayerFolding& folding);

/// Cycles of the slowest stage of a layer.
[[nodiscard]] std::int64_t cyclesOf(const DataflowDesign& design, std::size_t layer);

/// MW→MH of a dense layer, channels × taps of a depthwise one, else the channels.
[[nodiscard]] std::string shapeText(const DesignLayer& layer);

/// The blocks that do the work: "SWU, MVAU".
[[nodiscard]] std::string_view operationText(const DesignLayer& layer);

/// What area is counted in, as a heading: "LC" on iCE40, else "LUT".
[[nodiscard]] std::string areaText(const Family& family);

/// An error in one line.
[[nodiscard]] std::string reasonText(const Error& error);

}  // namespace a2q::cli
