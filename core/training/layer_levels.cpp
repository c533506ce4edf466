// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/layer_levels.h"

#include <algorithm>

namespace a2q {

std::vector<std::int64_t> levelsOf(const IntegerWeights& weights) {
  constexpr int kFinestBits = 8;
  const std::int64_t limit = weightLimit(weights.weight_bits);
  const int shift = std::max(0, weights.weight_bits.bits - kFinestBits);
  std::vector<std::int64_t> levels(static_cast<std::size_t>(2 * limit >> shift) + 1, 0);
  for (const std::int32_t q : weights.values) {
    // A training that diverges may have weights that are no numbers, and integers beyond L.
    const std::int64_t level = std::clamp<std::int64_t>(q, -limit, limit) + limit;
    ++levels[static_cast<std::size_t>(level >> shift)];
  }
  return levels;
}

std::vector<LayerSnapshot> finalLayers(const RunRecord& record) {
  std::vector<LayerSnapshot> layers;
  const std::size_t count = std::min(record.weights.size(), record.certificate.layers.size());
  for (std::size_t i = 0; i < count; ++i) {
    const LayerBound& bound = record.certificate.layers[i];
    const IntegerWeights& weights = record.weights[i];
    LayerSnapshot layer{
        bound.layer, bound.accumulator, bound.budget, weights.input_range, bound.k, {},
        0,           levelsOf(weights)};
    for (const ChannelBound& channel : bound.channels) layer.channels.push_back(channel.sums);
    layer.zeros = std::count(weights.values.begin(), weights.values.end(), 0);
    layers.push_back(std::move(layer));
  }
  return layers;
}

}  // namespace a2q
