// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <memory>
#include <vector>

#include "core/training/run_record.h"

namespace a2q::views {

/// What the colour of a channel tells.
enum class ChannelQuantity {
  kBudgetShare,  ///< ‖q‖₁ in % of the budget; without one, of the layer's largest ‖q‖₁
  kMarginBits,   ///< exact margin in P; without P, in the smallest P that is safe for the layer
};

enum class ChannelOrder { kAsTrained, kWorstFirst };

/// One layer as a row of cells.
struct ChannelRow {
  std::vector<float> values;            ///< of a channel, by its number
  std::vector<std::uint8_t> over;       ///< 1: over its budget or P, decided with integers
  std::vector<std::uint32_t> channels;  ///< the channel in a cell, from left to right
  bool relative = false;                ///< there is no budget (or P) to compare with
};

using Layers = std::vector<LayerSnapshot>;

/// All channels of a network.
struct ChannelGrid {
  std::shared_ptr<const Layers> layers;
  ChannelQuantity quantity = ChannelQuantity::kBudgetShare;
  std::vector<ChannelRow> rows;
  std::size_t widest = 0;  ///< channels of the layer that has most
  std::size_t over = 0;    ///< cells over
  float lowest = 0;
  float highest = 0;

  /// Whether `a` is nearer to the limit than `b`.
  [[nodiscard]] bool worse(float a, float b) const {
    return quantity == ChannelQuantity::kBudgetShare ? a > b : a < b;
  }
  /// The cell a channel stands in; −1: none.
  [[nodiscard]] int cellOf(int row, int channel) const;
  /// The row of a layer; −1: none.
  [[nodiscard]] int rowOf(const QString& layer) const;
};

/// Values, order and extremes; an infinite margin (a channel of zeros) is not among the extremes.
[[nodiscard]] ChannelGrid channelGrid(std::shared_ptr<const Layers> layers,
                                      ChannelQuantity quantity, ChannelOrder order);

[[nodiscard]] QStringList layerNames(const Layers& layers);

}  // namespace a2q::views
