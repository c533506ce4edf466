// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/run_record.h"

#include <algorithm>

namespace a2q {

std::string_view stateName(RunState state) {
  switch (state) {
    case RunState::kFinished: return "finished";
    case RunState::kStopped: return "stopped";
    case RunState::kDiverged: return "diverged";
  }
  return "unknown";
}

std::optional<double> worstMarginBits(const std::vector<LayerSnapshot>& layers) {
  std::optional<double> worst;
  for (const LayerSnapshot& layer : layers) {
    if (!layer.accumulator) continue;
    AccumulatorRange all;
    for (const SignedSums& sums : layer.channels) {
      const AccumulatorRange range = exactRange(sums, layer.inputs);
      all.low = std::min(all.low, range.low);
      all.high = std::max(all.high, range.high);
    }
    const double bits = marginOf(all, AccumulatorSpec{*layer.accumulator}).bits;
    worst = worst ? std::min(*worst, bits) : bits;
  }
  return worst;
}

std::optional<double> sparsityOf(const std::vector<LayerSnapshot>& layers) {
  std::int64_t zeros = 0;
  std::int64_t total = 0;
  for (const LayerSnapshot& layer : layers) {
    zeros += layer.zeros;
    total += layer.k * static_cast<std::int64_t>(layer.channels.size());
  }
  if (total == 0) return std::nullopt;
  return static_cast<double>(zeros) / static_cast<double>(total);
}

}  // namespace a2q
