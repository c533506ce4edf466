// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/folding_cells.h"

#include <algorithm>
#include <array>

#include "hw_backend/design/layer_blocks.h"

namespace a2q {
namespace {

/// Thresholds to search that are more than these are not kept in look-up tables: no model was
/// fitted to anything like it, and synthesis takes minutes.
constexpr std::int64_t kMostSearchedInLogic = 4096;

constexpr std::array kMemories = {MemoryStyle::kLogic, MemoryStyle::kBlock};

}  // namespace

FoldingCell CellBuilder::taking(std::size_t at, LayerFolding folding) const {
  const DesignLayer& layer = network_.layers[at];
  FoldingCell cell;
  if (!lineBuffer(layer, folding)) return cell;
  for (const MemoryStyle memory : kMemories) {
    folding.window = memory;
    const Block buffer = *lineBuffer(layer, folding);
    cell.window[static_cast<std::size_t>(memory)] = {cost_(buffer), delay_(buffer)};
  }
  if (layer.hasWindow()) cell.cycles = windowCycles(layer, folding);
  return cell;
}

FoldingCell CellBuilder::giving(std::size_t at, const LayerFolding& folding,
                                const FoldingOverride& change) const {
  const DesignLayer& layer = network_.layers[at];
  FoldingCell cell;
  if (layer.operation != DesignOperation::kDense) {
    if (layer.operation != DesignOperation::kSource) cell = taking(at, folding);
    addUnit(at, folding, change, cell);
  }
  cell.cycles = std::max(cell.cycles, layer.output.size() / folding.pe);
  if (layer.readers > 0 && layer.operation != DesignOperation::kSource) {
    add(outputFifo(layer, folding), cell);
  }
  for (std::size_t i = 1; i < layer.readers; ++i) add(outputFork(layer, folding), cell);
  return cell;
}

FoldingCell CellBuilder::unit(std::size_t at, const LayerFolding& folding,
                              const FoldingOverride& change) const {
  FoldingCell cell;
  addUnit(at, folding, change, cell);
  return cell;
}

FoldingCell CellBuilder::converter(std::size_t from, std::int64_t given, std::int64_t taken) const {
  FoldingCell cell;
  if (given == taken) return cell;
  const DesignLayer& layer = network_.layers[from];
  const WidthConverterBlock block{given, taken, layer.output_format.width};
  add(block, cell);
  cell.cycles = converterCycles(block, layer.output.size());
  return cell;
}

/// A block that stands there whatever is chosen.
void CellBuilder::add(const Block& block, FoldingCell& to) const {
  to.fixed += cost_(block);
  to.delay = std::max(to.delay, delay_(block));
}

void CellBuilder::addUnit(std::size_t at, const LayerFolding& folding,
                          const FoldingOverride& change, FoldingCell& to) const {
  const DesignLayer& layer = network_.layers[at];
  for (std::size_t i = 1; i < layer.inputs.size(); ++i) add(joinBlock(layer, folding, i), to);
  if (!computeBlock(layer, folding)) return;
  for (LayerFolding choice : unitStyles(at, change)) {
    choice.pe = folding.pe;
    choice.simd = folding.simd;
    const Block unit = *computeBlock(layer, choice);
    to.units.push_back({choice.weights, choice.thresholds, choice.threshold_memory, cost_(unit),
                        computeCycles(layer, choice), delay_(unit)});
  }
}

/// The styles a unit can have: those that a person chose, else all.
std::vector<LayerFolding> CellBuilder::unitStyles(std::size_t at,
                                                  const FoldingOverride& change) const {
  const DesignLayer& layer = network_.layers[at];
  struct Style {
    ThresholdStyle thresholds;
    MemoryStyle memory;
  };
  constexpr std::array kStyles = {Style{ThresholdStyle::kParallel, MemoryStyle::kLogic},
                                  Style{ThresholdStyle::kBinarySearch, MemoryStyle::kLogic},
                                  Style{ThresholdStyle::kBinarySearch, MemoryStyle::kBlock}};
  const bool many = layer.thresholds &&
                    (layer.output.channels << layer.thresholds->width.bits) > kMostSearchedInLogic;
  std::vector<LayerFolding> styles;
  for (const MemoryStyle weights : kMemories) {
    if (change.weights.value_or(weights) != weights) continue;
    if (!layer.hasWeights() && weights != MemoryStyle::kLogic) continue;
    for (const Style& style : kStyles) {
      if (change.thresholds.value_or(style.thresholds) != style.thresholds) continue;
      const bool in_logic = style.memory == MemoryStyle::kLogic;
      const bool searches = style.thresholds == ThresholdStyle::kBinarySearch;
      if (many && searches && in_logic) continue;
      LayerFolding folding;
      folding.weights = weights;
      folding.thresholds = style.thresholds;
      folding.threshold_memory = style.memory;
      styles.push_back(folding);
      if (!layer.thresholds) break;
    }
  }
  return styles;
}

}  // namespace a2q
