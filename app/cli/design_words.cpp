// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/design_words.h"

#include <fmt/format.h>

#include <algorithm>

namespace a2q::cli {

std::string memoryText(const DesignLayer& layer, const LayerFolding& folding) {
  if (!layer.hasWeights()) return "";
  return folding.weights == MemoryStyle::kBlock ? "block" : "logic";
}

std::string thresholdText(const DesignLayer& layer, const LayerFolding& folding) {
  if (!layer.thresholds) return "";
  if (folding.thresholds == ThresholdStyle::kParallel) return "parallel";
  return folding.threshold_memory == MemoryStyle::kBlock ? "binary_search, block" : "binary_search";
}

std::int64_t cyclesOf(const DataflowDesign& design, std::size_t layer) {
  std::int64_t cycles = 0;
  for (const Stage& stage : design.stages) {
    if (stage.layer == layer) cycles = std::max(cycles, stage.cycles);
  }
  return cycles;
}

std::string shapeText(const DesignLayer& layer) {
  if (layer.operation == DesignOperation::kDense) {
    return fmt::format("{}→{}", layer.matrixWidth(), layer.output.channels);
  }
  if (layer.operation == DesignOperation::kDepthwise) {
    return fmt::format("{}×{}", layer.output.channels, layer.taps());
  }
  return fmt::format("{}", layer.output.channels);
}

std::string_view operationText(const DesignLayer& layer) {
  switch (layer.operation) {
    case DesignOperation::kSource: return "input";
    case DesignOperation::kDense: return layer.hasWindow() ? "SWU, MVAU" : "MVAU";
    case DesignOperation::kDepthwise: return "SWU, depthwise";
    case DesignOperation::kThresholds: return "thresholds";
    case DesignOperation::kPool: return layer.sums ? "SWU, sum pool" : "SWU, max pool";
    case DesignOperation::kAdd: return "adder";
    case DesignOperation::kConcat: return "concatenation";
    case DesignOperation::kUpsample: return "upsampling";
    case DesignOperation::kShuffle: return "pixel shuffle";
  }
  return {};
}

std::string areaText(const Family& family) { return family.area_unit == "LC" ? "LC" : "LUT"; }

std::string reasonText(const Error& error) {
  return fmt::format("{}: {}", error.message, error.cause);
}

}  // namespace a2q::cli
