// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/folding_tables.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>

#include "core/base/text_distance.h"
#include "hw_backend/design/folding_cells.h"

namespace a2q {
namespace {

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
      : network_(network), cells_(network, cost, delay), overrides_(overrides) {}

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
      variable.cells.push_back(is_simd ? cells_.taking(at, folding)
                                       : cells_.giving(at, folding, changes_[at]));
    }
    tables_.variables.push_back(std::move(variable));
    return tables_.variables.size() - 1;
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
        pair.cells.push_back(cells_.unit(at, folding, changes_[at]));
      }
    }
    site.unit = tables_.pairs.size();
    tables_.pairs.push_back(std::move(pair));
  }

  void addConverters(std::size_t at, std::size_t input) {
    const std::size_t before = network_.layers[at].inputs[input];
    FoldingPair pair{tables_.layers[before].given, tables_.layers[at].taken, {}};
    for (const std::int64_t given : tables_.variables[pair.a].values) {
      for (const std::int64_t taken : tables_.variables[pair.b].values) {
        pair.cells.push_back(cells_.converter(before, given, taken));
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
  CellBuilder cells_;
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
