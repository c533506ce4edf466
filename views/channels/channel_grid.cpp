// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/channels/channel_grid.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace a2q::views {
namespace {

constexpr double kPercent = 100;

void addShares(const LayerSnapshot& layer, ChannelRow& row) {
  std::int64_t largest = 0;
  for (const SignedSums& sums : layer.channels) largest = std::max(largest, sums.l1());
  row.relative = !layer.budget;
  const double whole =
      std::max(layer.budget ? layer.budget->value() : static_cast<double>(largest), 1e-9);
  const Int128 limit = layer.budget ? layer.budget->floor() : Int128{largest};
  for (const SignedSums& sums : layer.channels) {
    row.values.push_back(static_cast<float>(kPercent * static_cast<double>(sums.l1()) / whole));
    row.over.push_back(sums.l1() > limit ? 1 : 0);
  }
}

/// The margins of marginOf() in a form that costs one logarithm a channel.
void addMargins(const LayerSnapshot& layer, ChannelRow& row) {
  row.relative = !layer.accumulator;
  std::vector<AccumulatorRange> ranges;
  ranges.reserve(layer.channels.size());
  AccumulatorRange all;
  for (const SignedSums& sums : layer.channels) {
    ranges.push_back(exactRange(sums, layer.inputs));
    all = {std::min(all.low, ranges.back().low), std::max(all.high, ranges.back().high)};
  }
  const AccumulatorSpec spec{layer.accumulator.value_or(smallestAccumulator(all))};
  const double above = 1 / std::max(static_cast<double>(spec.maximum()), 0.5);
  const double below = 1 / static_cast<double>(spec.minimum());
  for (const AccumulatorRange& range : ranges) {
    const double reached =
        std::max(static_cast<double>(range.high) * above, static_cast<double>(range.low) * below);
    row.values.push_back(reached > 0 ? static_cast<float>(-std::log2(reached))
                                     : std::numeric_limits<float>::infinity());
    row.over.push_back(spec.holds(range.low, range.high) ? 0 : 1);
  }
}

ChannelRow rowOfLayer(const LayerSnapshot& layer, const ChannelGrid& grid, ChannelOrder order) {
  ChannelRow row;
  row.values.reserve(layer.channels.size());
  row.over.reserve(layer.channels.size());
  if (grid.quantity == ChannelQuantity::kBudgetShare) {
    addShares(layer, row);
  } else {
    addMargins(layer, row);
  }
  row.channels.resize(layer.channels.size());
  std::iota(row.channels.begin(), row.channels.end(), 0U);
  if (order == ChannelOrder::kWorstFirst) {
    std::stable_sort(
        row.channels.begin(), row.channels.end(),
        [&](std::uint32_t a, std::uint32_t b) { return grid.worse(row.values[a], row.values[b]); });
  }
  return row;
}

void noteExtremes(ChannelGrid& grid) {
  grid.lowest = std::numeric_limits<float>::infinity();
  grid.highest = -std::numeric_limits<float>::infinity();
  for (const ChannelRow& row : grid.rows) {
    grid.widest = std::max(grid.widest, row.values.size());
    for (const float value : row.values) {
      if (!std::isfinite(value)) continue;
      grid.lowest = std::min(grid.lowest, value);
      grid.highest = std::max(grid.highest, value);
    }
    grid.over += static_cast<std::size_t>(std::count(row.over.begin(), row.over.end(), 1));
  }
  if (grid.lowest > grid.highest) grid.lowest = grid.highest = 0;
}

}  // namespace

int ChannelGrid::cellOf(int row, int channel) const {
  if (row < 0 || row >= static_cast<int>(rows.size())) return -1;
  const auto& channels = rows[static_cast<std::size_t>(row)].channels;
  const auto found =
      std::find(channels.begin(), channels.end(), static_cast<std::uint32_t>(channel));
  return channel < 0 || found == channels.end() ? -1 : static_cast<int>(found - channels.begin());
}

int ChannelGrid::rowOf(const QString& layer) const {
  if (!layers || layer.isEmpty()) return -1;
  const std::string name = layer.toStdString();
  const auto found = std::find_if(layers->begin(), layers->end(),
                                  [&](const LayerSnapshot& row) { return row.layer == name; });
  return found == layers->end() ? -1 : static_cast<int>(found - layers->begin());
}

ChannelGrid channelGrid(std::shared_ptr<const Layers> layers, ChannelQuantity quantity,
                        ChannelOrder order) {
  ChannelGrid grid;
  grid.quantity = quantity;
  if (layers) {
    grid.rows.reserve(layers->size());
    for (const LayerSnapshot& layer : *layers) grid.rows.push_back(rowOfLayer(layer, grid, order));
  }
  grid.layers = std::move(layers);
  noteExtremes(grid);
  return grid;
}

QStringList layerNames(const Layers& layers) {
  QStringList names;
  for (const LayerSnapshot& layer : layers) names << QString::fromStdString(layer.layer);
  return names;
}

}  // namespace a2q::views
