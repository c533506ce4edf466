// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/torch/float_start.h"

#include <algorithm>

namespace a2q {
namespace {

using torch::Tensor;

/// Calls `visit` with the inputs of the first batches, the same ones at every call.
template <class Visit>
void forBatches(BatchFeeder& feeder, std::int64_t count, const RunControl& control, Visit visit) {
  feeder.start(0, 0);
  for (std::int64_t i = 0; i < count && control.proceed(); ++i) visit(feeder.next().x, i);
}

/// Activation scales settle and statistics are averaged with equal weight.
void measure(GraphModel& model, BatchFeeder& feeder, std::int64_t batches,
             const RunControl& control) {
  model.restartStatistics();
  forBatches(feeder, batches, control, [&model](const Tensor& x, std::int64_t index) {
    model.setStatisticsWeight(1.0 / static_cast<double>(index + 1));
    (void)model.forward(x, NormMode::kBatchStatistics);
  });
  model.setStatisticsWeight(std::nullopt);
}

/// The mean output of a node per channel.
Tensor meanOutput(GraphModel& model, std::size_t node, const Tensor& x) {
  Tensor mean;
  const Probe probe = [&](std::size_t at, const Tensor& value) {
    if (at != node) return;
    mean = value.dim() == 4 ? value.mean({0, 2, 3}) : value.mean(0);
  };
  (void)model.forward(x, NormMode::kRunningStatistics, &probe);
  return mean;
}

void correctBiases(GraphModel& model, GraphModel& reference, BatchFeeder& feeder,
                   std::int64_t batches, const RunControl& control) {
  for (std::size_t i = 0; i < model.weightLayers().size(); ++i) {
    const WeightLayer& layer = *model.weightLayers()[i];
    if (!layer.bias().defined() || !layer.quantized()) continue;
    const std::size_t node = model.weightNodes()[i];
    Tensor shift = torch::zeros_like(layer.bias());
    std::int64_t seen = 0;
    forBatches(feeder, batches, control, [&](const Tensor& x, std::int64_t) {
      shift += meanOutput(reference, node, x) - meanOutput(model, node, x);
      ++seen;
    });
    Tensor bias = layer.bias();
    if (seen > 0) bias += shift / seen;
  }
}

}  // namespace

Status startFromFloat(GraphModel& model, GraphModel& reference,
                      const std::vector<NamedTensor>& weights, BatchFeeder& feeder,
                      std::int64_t batches, const RunControl& control) {
  const torch::NoGradGuard guard;
  if (auto loaded = model.load(weights, LoadScope::kFloatOnly); !loaded) return loaded;
  const auto& layers = model.weightLayers();
  const bool quantized = std::any_of(layers.begin(), layers.end(),
                                     [](const auto& layer) { return layer->quantized(); });
  if (!quantized) return {};
  if (auto loaded = reference.load(weights, LoadScope::kFloatOnly); !loaded) return loaded;
  model.initialiseScales();
  const std::int64_t count = std::min(batches, feeder.batches());
  measure(model, feeder, count, control);  // scales settle,
  measure(model, feeder, count, control);  // then statistics are those of the settled scales
  correctBiases(model, reference, feeder, count, control);
  return {};
}

}  // namespace a2q
