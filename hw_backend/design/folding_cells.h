// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "hw_backend/design/folding_tables.h"

namespace a2q {

/// Builds the cells of the tables: the blocks of a layer for one choice of PE and SIMD, with what
/// they take and how long their paths are.
class CellBuilder {
 public:
  CellBuilder(const DesignNetwork& network, const BlockCost& cost, const BlockDelay& delay)
      : network_(network), cost_(cost), delay_(delay) {}

  /// The window in front of a layer, or what else keeps rows.
  [[nodiscard]] FoldingCell taking(std::size_t at, LayerFolding folding) const;
  /// FIFO and forks behind a layer; all of a layer that is not dense.
  [[nodiscard]] FoldingCell giving(std::size_t at, const LayerFolding& folding,
                                   const FoldingOverride& change) const;
  /// The MVAU of a dense layer.
  [[nodiscard]] FoldingCell unit(std::size_t at, const LayerFolding& folding,
                                 const FoldingOverride& change) const;
  /// The width converter between a layer and its reader; nothing where the lanes are equal.
  [[nodiscard]] FoldingCell converter(std::size_t from, std::int64_t given,
                                      std::int64_t taken) const;

 private:
  void add(const Block& block, FoldingCell& to) const;
  void addUnit(std::size_t at, const LayerFolding& folding, const FoldingOverride& change,
               FoldingCell& to) const;
  [[nodiscard]] std::vector<LayerFolding> unitStyles(std::size_t at,
                                                     const FoldingOverride& change) const;

  const DesignNetwork& network_;
  const BlockCost& cost_;
  const BlockDelay& delay_;
};

}  // namespace a2q
