// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/accumulator/accumulator_rows.h"

#include <algorithm>
#include <cmath>

namespace a2q::views {
namespace {

AccumulatorRange joined(const AccumulatorRange& a, const AccumulatorRange& b) {
  return {std::min(a.low, b.low), std::max(a.high, b.high)};
}

/// How much of a two's-complement accumulator a range asks for: ~low is what −low − 1 is.
Int128 reachOf(const AccumulatorRange& range) {
  return std::max(range.high, range.low < 0 ? ~range.low : Int128{0});
}

void addChannels(const LayerSnapshot& layer, AccumulatorRow& row) {
  Int128 farthest = -1;
  std::int64_t largest_l1 = 0;
  for (std::size_t c = 0; c < layer.channels.size(); ++c) {
    const AccumulatorRange range = exactRange(layer.channels[c], layer.inputs);
    row.range = joined(row.range, range);
    largest_l1 = std::max(largest_l1, layer.channels[c].l1());
    if (reachOf(range) <= farthest) continue;
    farthest = reachOf(range);
    row.worst = static_cast<int>(c);
  }
  row.smallest = smallestAccumulator(row.range);
  if (layer.accumulator) {
    const AccumulatorSpec spec{*layer.accumulator};
    row.over = !spec.holds(row.range.low, row.range.high);
    row.exact = marginOf(row.range, spec);
  }
  if (layer.budget) {
    row.largest_l1 = largest_l1;
    row.bound = marginOf(largest_l1, *layer.budget);
  }
}

std::optional<AccumulatorRange> observedOf(const RunStory& story, const std::string& layer) {
  if (!story.observed) return std::nullopt;
  for (const ObservedLayer& seen : *story.observed) {
    if (seen.layer != layer || seen.channels.empty()) continue;
    AccumulatorRange all;
    for (const AccumulatorRange& channel : seen.channels) all = joined(all, channel);
    return all;
  }
  return std::nullopt;
}

double signedLog(Int128 value) {
  const double magnitude = std::log2(1 + std::abs(static_cast<double>(value)));
  return value < 0 ? -magnitude : magnitude;
}

}  // namespace

std::vector<AccumulatorRow> accumulatorRows(const RunStory& story) {
  std::vector<AccumulatorRow> rows;
  if (!story.layers) return rows;
  for (const LayerSnapshot& layer : *story.layers) {
    AccumulatorRow& row = rows.emplace_back();
    row.layer = layer.layer;
    row.target = layer.accumulator;
    row.smallest = {1};
    row.has_values = !layer.channels.empty();
    if (row.has_values) addChannels(layer, row);
    row.observed = observedOf(story, layer.layer);
  }
  return rows;
}

double placed(Int128 value, const AccumulatorSpec& frame, AccumulatorScale scale) {
  if (scale == AccumulatorScale::kBits) return signedLog(value);
  const Int128 limit = value < 0 ? -frame.minimum() : std::max(frame.maximum(), Int128{1});
  return static_cast<double>(value) / static_cast<double>(limit);
}

}  // namespace a2q::views
