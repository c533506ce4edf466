// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/weights/weight_histogram.h"

#include <algorithm>
#include <numeric>

namespace a2q::views {
namespace {

constexpr int kFinestBits = 8;  ///< up to here every integer has a level of its own

std::optional<double> meanMagnitude(const LayerSnapshot& layer, std::int64_t total) {
  if (layer.channels.empty() || total == 0) return std::nullopt;
  double sum = 0;
  for (const SignedSums& sums : layer.channels) sum += static_cast<double>(sums.l1());
  return sum / static_cast<double>(total);
}

}  // namespace

std::optional<WeightHistogram> weightHistogram(const LayerSnapshot& layer, BitWidth weights) {
  if (layer.levels.empty()) return std::nullopt;
  WeightHistogram out;
  const auto count = static_cast<std::int64_t>(layer.levels.size());
  const int shift = std::max(0, weights.bits - kFinestBits);
  out.share = std::int64_t{1} << shift;
  out.limit = shift == 0 ? (count - 1) / 2 : weightLimit(weights);
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t from = -out.limit + i * out.share;
    out.bins.push_back({from, std::min(from + out.share - 1, out.limit),
                        layer.levels[static_cast<std::size_t>(i)]});
  }
  out.total = std::accumulate(layer.levels.begin(), layer.levels.end(), std::int64_t{0});
  out.zeros = layer.zeros;
  out.at_low = layer.levels.front();
  out.at_high = layer.levels.back();
  out.bins[static_cast<std::size_t>(out.limit / out.share)].count -= out.zeros;
  out.mean_magnitude = meanMagnitude(layer, out.total);
  return out;
}

}  // namespace a2q::views
