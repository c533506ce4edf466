// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "hw_backend/design/folding_prices.h"
#include "hw_backend/design/folding_tables.h"

namespace a2q {

/// One choice in the tables.
struct FoldingPick {
  struct Layer {
    std::size_t unit = 0;  ///< among the units of its cell
    MemoryStyle window = MemoryStyle::kLogic;
  };
  std::vector<std::size_t> values;  ///< by variable
  std::vector<Layer> layers;
};

/// The cell of a pair.
[[nodiscard]] const FoldingCell& pairCell(const FoldingTables& tables, std::size_t pair,
                                          const FoldingPick& pick);
/// The cell of a layer's unit, and that of the rows in front of it.
[[nodiscard]] const FoldingCell& unitCell(const FoldingTables& tables, std::size_t layer,
                                          const FoldingPick& pick);
[[nodiscard]] const FoldingCell& windowCell(const FoldingTables& tables, std::size_t layer,
                                            const FoldingPick& pick);

[[nodiscard]] FoldingSpec foldingOf(const FoldingTables& tables, const FoldingPick& pick);

/// What a pick takes by the tables: without FIFOs in which beats wait.
[[nodiscard]] ResourceVector useOf(const FoldingTables& tables, const FoldingPick& pick);
/// What of it depends on one layer: its own blocks and the converters beside it.
[[nodiscard]] ResourceVector useOf(const FoldingTables& tables, std::size_t layer,
                                   const FoldingPick& pick);

/// The cheapest pick at a pace, exactly, and its cost; none where nothing is fast enough.
struct CheapestPick {
  FoldingPick pick;
  double cost = 0;
};
[[nodiscard]] std::optional<CheapestPick> cheapestPick(const FoldingTables& tables,
                                                       const Pace& pace,
                                                       const ResourceVector& price);

}  // namespace a2q
