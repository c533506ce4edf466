// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "hw_backend/design/folding.h"
#include "hw_backend/device/resource_vector.h"

namespace a2q {

/// What a block takes; a model of hw_backend/estimate.
using BlockCost = std::function<ResourceVector(const Block&)>;

/// The delay of the slowest path of a block, ns; a model of hw_backend/timing.
using BlockDelay = std::function<double(const Block&)>;

/// What a person decides for a layer; the solver chooses the rest.
struct FoldingOverride {
  std::optional<std::int64_t> pe;
  std::optional<std::int64_t> simd;
  std::optional<MemoryStyle> weights;
  std::optional<ThresholdStyle> thresholds;
};

/// By name of the layer.
using FoldingOverrides = std::map<std::string, FoldingOverride>;

/// One way to build the unit of a layer for given PE and SIMD: memories and style of thresholds.
struct UnitChoice {
  MemoryStyle weights = MemoryStyle::kLogic;
  ThresholdStyle thresholds = ThresholdStyle::kParallel;
  MemoryStyle threshold_memory = MemoryStyle::kLogic;
  ResourceVector use;
  std::int64_t cycles = 0;
  double delay = 0;  ///< ns
};

/// One way to keep the rows of a layer.
struct WindowChoice {
  ResourceVector use;
  double delay = 0;  ///< ns
};

/// The blocks of one choice: what they take in any case, the cycles of the slowest and the delay of
/// its slowest path in ns; the line buffer in logic or in block memory; and the ways to build the
/// unit, if there is one.
struct FoldingCell {
  ResourceVector fixed;
  std::int64_t cycles = 0;
  double delay = 0;
  std::array<WindowChoice, 2> window;  ///< by MemoryStyle
  std::vector<UnitChoice> units;
};

/// PE or SIMD of a layer, and what each legal value of it alone costs.
struct FoldingVariable {
  std::size_t layer = 0;
  bool is_simd = false;
  std::vector<std::int64_t> values;
  std::vector<FoldingCell> cells;
};

/// What two variables cost together: an MVAU (SIMD and PE of a layer) or the width converter
/// between a layer and its reader.
struct FoldingPair {
  std::size_t a = 0;
  std::size_t b = 0;
  std::vector<FoldingCell> cells;  ///< values of a × values of b
};

/// Where the choices of a layer stand.
struct LayerSite {
  std::size_t given = 0;            ///< the variable of the lanes that it gives (PE)
  std::size_t taken = 0;            ///< that of the lanes that it takes (SIMD); may be the same
  std::optional<std::size_t> unit;  ///< the pair of the two that holds the unit; none: `given` does
  std::vector<std::size_t> converters;  ///< the pairs with its neighbours
};

/// Every choice there is, computed once.
struct FoldingTables {
  std::vector<FoldingVariable> variables;
  std::vector<FoldingPair> pairs;
  std::vector<LayerSite> layers;
  std::vector<std::int64_t> intervals;  ///< every number of cycles in a cell, ascending
};

/// A delay that no design can go below, ns: the largest of those that each variable and pair has in
/// its quickest choice.
[[nodiscard]] double shortestDelay(const FoldingTables& tables);

/// Errors: kFoldingIllegal for overrides that no layer can take, or of a layer that is not there.
[[nodiscard]] Result<FoldingTables> foldingTables(const DesignNetwork& network,
                                                  const BlockCost& cost, const BlockDelay& delay,
                                                  const FoldingOverrides& overrides);

}  // namespace a2q
