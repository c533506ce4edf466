// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/run_record.h"

#include <fmt/format.h>

#include <algorithm>

namespace a2q {

std::string_view stateName(RunState state) {
  switch (state) {
    case RunState::kFinished: return "finished";
    case RunState::kStopped: return "stopped";
    case RunState::kDiverged: return "diverged";
    case RunState::kOutOfMemory: return "out of memory";
  }
  return "unknown";
}

std::string_view phaseName(TrainPhase phase) {
  return phase == TrainPhase::kFloat ? "float" : "main";
}

std::string_view metricName(Metric metric) {
  return metric == Metric::kAccuracy ? "accuracy" : "PSNR";
}

std::string_view metricKey(Metric metric) {
  return metric == Metric::kAccuracy ? "accuracy" : "psnr_db";
}

std::string scoreText(Metric metric, double score) {
  return metric == Metric::kAccuracy ? fmt::format("{:.2f} %", 100 * score)
                                     : fmt::format("{:.2f} dB", score);
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

std::vector<LayerScalars> scalarsOf(const std::vector<LayerSnapshot>& layers) {
  std::vector<LayerScalars> out;
  out.reserve(layers.size());
  for (const LayerSnapshot& layer : layers) {
    LayerScalars scalars{0, layer.zeros};
    for (const SignedSums& sums : layer.channels) {
      scalars.largest_l1 = std::max(scalars.largest_l1, sums.l1());
    }
    out.push_back(scalars);
  }
  return out;
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
