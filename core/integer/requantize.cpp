// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/requantize.h"

#include <map>

#include "core/base/parallel.h"
#include "core/integer/row_projection.h"
#include "core/network/quant_plan.h"

namespace a2q {
namespace {

TrainedWeights changed(const TrainedWeights& before, const WeightPlan& plan) {
  constexpr std::size_t kWorthThreads = 1 << 15;
  TrainedWeights out = before;
  IntegerWeights& integers = out.integers;
  integers.weight_bits = plan.weight_bits;
  integers.input_format = plan.input_format;
  integers.input_range = plan.input_range;
  integers.accumulator = plan.accumulator;
  integers.rule = plan.rule;
  const RowProjection projection(before.integers, plan);
  const auto k = static_cast<std::size_t>(integers.k);
  const int threads = integers.values.size() < kWorthThreads ? 1 : 0;
  parallelRanges(integers.channels, threads, [&](std::int64_t first, std::int64_t last, int) {
    for (std::int64_t c = first; c < last; ++c) {
      const auto at = static_cast<std::size_t>(c);
      const auto to = std::span(integers.values).subspan(at * k, k);
      out.scales[at] *= projection.project(before.integers.channel(c), to);
    }
  });
  return out;
}

/// Codes that clip where they did: the largest code stands for the same value.
TrainedActivation changed(const TrainedActivation& before, IntegerFormat format) {
  const auto levels = [](IntegerFormat f) {
    return static_cast<double>(f.maximum() - f.minimum());
  };
  const bool same = before.format == format;
  const double scale = same ? before.scale : before.scale * levels(before.format) / levels(format);
  return {before.node, format, scale};
}

}  // namespace

Result<TrainedNetwork> requantize(const TrainedNetwork& trained, const Experiment& after) {
  if (after.network.layers != trained.network.layers) {
    return fail(ErrorCode::kSpecValue, "the layers are no longer those that were trained",
                "weights can be carried over to other bits, not to other layers",
                "Train the changed network first.");
  }
  if (after.quant.method == QuantMethod::kFloat) {
    return fail(ErrorCode::kNotLowered, "the method \"float\" leaves no integers", {},
                "Choose the method \"qat\", \"a2q\" or \"a2q+\".");
  }
  const auto plan = planQuantization(after.network, trained.graph, after.quant);
  if (!plan) return tl::make_unexpected(plan.error());
  std::map<std::size_t, const WeightPlan*> weights;
  for (const WeightPlan& layer : plan->weights) weights[layer.node] = &layer;
  std::map<std::size_t, IntegerFormat> formats;
  for (const ActivationPlan& activation : plan->activations) {
    formats[activation.node] = activation.format;
  }
  TrainedNetwork out{after.network, trained.graph, {}, trained.norms, {}};
  for (const TrainedWeights& layer : trained.weights) {
    out.weights.push_back(changed(layer, *weights.at(layer.node)));
  }
  for (const TrainedActivation& activation : trained.activations) {
    out.activations.push_back(changed(activation, formats.at(activation.node)));
  }
  return out;
}

}  // namespace a2q
