// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/folding_tables.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>

#include "core/base/text_distance.h"
#include "hw_backend/design/layer_blocks.h"

namespace a2q {
namespace {

/// Thresholds to search that are more than these are not kept in look-up tables: no model was
/// fitted to anything like it, and synthesis takes minutes.
constexpr std::int64_t kMostSearchedInLogic = 4096;

constexpr std::array kMemories = {MemoryStyle::kLogic, MemoryStyle::kBlock};

Status checkNames(const DesignNetwork& network, const FoldingOverrides& overrides) {
  std::vector<std::string_view> names;
  for (const DesignLayer& layer : network.layers) names.push_back(layer.name);
  for (const auto& [name, change] : overrides) {
    if (std::ranges::find(names, name) != names.end()) continue;
    const std::string near = nearest(name, names);
    return fail(ErrorCode::kFoldingIllegal,
                fmt::format("no layer of the design is called '{}'", name),
                fmt::format("there are {}", fmt::join(names, ", ")),
                near.empty() ? "Name one of them." : fmt::format("Did you mean '{}'?", near));
  }
  return {};
}

class TableBuilder {
 public:
  TableBuilder(const DesignNetwork& network, const BlockCost& cost, const BlockDelay& delay,
               const FoldingOverrides& overrides)
      : network_(network), cost_(cost), delay_(delay), overrides_(overrides) {}

  Result<FoldingTables> build() {
    if (Status status = checkNames(network_, overrides_); !status) {
      return forward(std::move(status));
    }
    for (std::size_t i = 0; i < network_.layers.size(); ++i) {
      if (Status status = addLayer(i); !status) return forward(std::move(status));
    }
    for (std::size_t i = 0; i < network_.layers.size(); ++i) {
      for (std::size_t n = 0; n < network_.layers[i].inputs.size(); ++n) addConverters(i, n);
    }
    listIntervals();
    return std::move(tables_);
  }

 private:
  Status addLayer(std::size_t at) {
    const DesignLayer& layer = network_.layers[at];
    FoldingOverride change;
    if (const auto found = overrides_.find(layer.name); found != overrides_.end()) {
      change = found->second;
    }
    LayerFolding asked;
    asked.pe = change.pe.value_or(1);
    asked.simd = change.simd.value_or(1);
    if (Status status = checkFolding(layer, asked); !status) return status;
    changes_.push_back(change);
    const auto pes = change.pe ? std::vector{*change.pe} : legalPe(layer);
    tables_.layers.emplace_back();
    LayerSite& site = tables_.layers.back();
    site.given = site.taken = addVariable(at, false, pes);
    if (layer.operation != DesignOperation::kDense) return {};
    const auto simds = change.simd ? std::vector{*change.simd} : legalSimd(layer);
    site.taken = addVariable(at, true, simds);
    addUnits(at);
    return {};
  }

  std::size_t addVariable(std::size_t at, bool is_simd, const std::vector<std::int64_t>& values) {
    FoldingVariable variable{at, is_simd, values, {}};
    for (const std::int64_t value : values) {
      LayerFolding folding;
      (is_simd ? folding.simd : folding.pe) = value;
      variable.cells.push_back(is_simd ? takingCell(at, folding) : givingCell(at, folding));
    }
    tables_.variables.push_back(std::move(variable));
    return tables_.variables.size() - 1;
  }

  /// The window in front of a layer, or what else keeps rows.
  FoldingCell takingCell(std::size_t at, LayerFolding folding) const {
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

  /// FIFO and forks behind a layer; all of a layer that is not dense.
  FoldingCell givingCell(std::size_t at, const LayerFolding& folding) const {
    const DesignLayer& layer = network_.layers[at];
    FoldingCell cell;
    if (layer.operation != DesignOperation::kDense) {
      if (layer.operation != DesignOperation::kSource) cell = takingCell(at, folding);
      addUnit(cell, at, folding);
    }
    cell.cycles = std::max(cell.cycles, layer.output.size() / folding.pe);
    if (layer.readers > 0 && layer.operation != DesignOperation::kSource) {
      add(outputFifo(layer, folding), cell);
    }
    for (std::size_t i = 1; i < layer.readers; ++i) add(outputFork(layer, folding), cell);
    return cell;
  }

  /// A block that stands there whatever is chosen.
  void add(const Block& block, FoldingCell& to) const {
    to.fixed += cost_(block);
    to.delay = std::max(to.delay, delay_(block));
  }

  void addUnit(FoldingCell& cell, std::size_t at, const LayerFolding& folding) const {
    const DesignLayer& layer = network_.layers[at];
    for (std::size_t i = 1; i < layer.inputs.size(); ++i) {
      add(joinBlock(layer, folding, i), cell);
    }
    if (!computeBlock(layer, folding)) return;
    for (LayerFolding choice : unitStyles(at)) {
      choice.pe = folding.pe;
      choice.simd = folding.simd;
      const Block unit = *computeBlock(layer, choice);
      cell.units.push_back({choice.weights, choice.thresholds, choice.threshold_memory, cost_(unit),
                            computeCycles(layer, choice), delay_(unit)});
    }
  }

  /// The styles a unit can have: those that a person chose, else all.
  [[nodiscard]] std::vector<LayerFolding> unitStyles(std::size_t at) const {
    const DesignLayer& layer = network_.layers[at];
    const FoldingOverride& change = changes_[at];
    struct Style {
      ThresholdStyle thresholds;
      MemoryStyle memory;
    };
    constexpr std::array kStyles = {Style{ThresholdStyle::kParallel, MemoryStyle::kLogic},
                                    Style{ThresholdStyle::kBinarySearch, MemoryStyle::kLogic},
                                    Style{ThresholdStyle::kBinarySearch, MemoryStyle::kBlock}};
    const bool many = layer.thresholds && (layer.output.channels << layer.thresholds->width.bits) >
                                              kMostSearchedInLogic;
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

  /// The MVAU of a dense layer, for every SIMD and PE.
  void addUnits(std::size_t at) {
    LayerSite& site = tables_.layers[at];
    FoldingPair pair{site.taken, site.given, {}};
    for (const std::int64_t simd : tables_.variables[pair.a].values) {
      for (const std::int64_t pe : tables_.variables[pair.b].values) {
        LayerFolding folding;
        folding.pe = pe;
        folding.simd = simd;
        FoldingCell cell;
        addUnit(cell, at, folding);
        pair.cells.push_back(cell);
      }
    }
    site.unit = tables_.pairs.size();
    tables_.pairs.push_back(std::move(pair));
  }

  void addConverters(std::size_t at, std::size_t input) {
    const std::size_t before = network_.layers[at].inputs[input];
    const DesignLayer& from = network_.layers[before];
    FoldingPair pair{tables_.layers[before].given, tables_.layers[at].taken, {}};
    for (const std::int64_t given : tables_.variables[pair.a].values) {
      for (const std::int64_t taken : tables_.variables[pair.b].values) {
        FoldingCell cell;
        const WidthConverterBlock block{given, taken, from.output_format.width};
        if (given != taken) {
          add(block, cell);
          cell.cycles = converterCycles(block, from.output.size());
        }
        pair.cells.push_back(cell);
      }
    }
    for (const std::size_t layer : {before, at})
      tables_.layers[layer].converters.push_back(tables_.pairs.size());
    tables_.pairs.push_back(std::move(pair));
  }

  void listIntervals() {
    const auto take = [this](const std::vector<FoldingCell>& cells) {
      for (const FoldingCell& cell : cells) {
        tables_.intervals.push_back(cell.cycles);
        for (const UnitChoice& unit : cell.units) tables_.intervals.push_back(unit.cycles);
      }
    };
    for (const FoldingVariable& variable : tables_.variables) take(variable.cells);
    for (const FoldingPair& pair : tables_.pairs) take(pair.cells);
    std::ranges::sort(tables_.intervals);
    tables_.intervals.erase(std::unique(tables_.intervals.begin(), tables_.intervals.end()),
                            tables_.intervals.end());
  }

  const DesignNetwork& network_;
  const BlockCost& cost_;
  const BlockDelay& delay_;
  const FoldingOverrides& overrides_;
  FoldingTables tables_;
  std::vector<FoldingOverride> changes_;  ///< per layer
};

double quickest(const FoldingCell& cell) {
  double delay = std::max(cell.delay, std::min(cell.window[0].delay, cell.window[1].delay));
  if (cell.units.empty()) return delay;
  return std::max(delay, std::ranges::min(cell.units, {}, &UnitChoice::delay).delay);
}

double quickest(const std::vector<FoldingCell>& cells) {
  double least = std::numeric_limits<double>::infinity();
  for (const FoldingCell& cell : cells) least = std::min(least, quickest(cell));
  return least;
}

}  // namespace

double shortestDelay(const FoldingTables& tables) {
  double longest = 0;
  for (const FoldingVariable& variable : tables.variables)
    longest = std::max(longest, quickest(variable.cells));
  for (const FoldingPair& pair : tables.pairs) longest = std::max(longest, quickest(pair.cells));
  return longest;
}

Result<FoldingTables> foldingTables(const DesignNetwork& network, const BlockCost& cost,
                                    const BlockDelay& delay, const FoldingOverrides& overrides) {
  return TableBuilder(network, cost, delay, overrides).build();
}

}  // namespace a2q
