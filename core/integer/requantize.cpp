// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/requantize.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "core/base/parallel.h"
#include "core/network/quant_plan.h"
#include "core/quant/l1_projection.h"
#include "core/quant/weight_rule.h"

namespace a2q {
namespace {

using Row = std::span<const std::int32_t>;

std::int64_t largestOf(Row row) {
  std::int64_t largest = 0;
  for (const std::int64_t q : row) largest = std::max(largest, std::abs(q));
  return largest;
}

/// The rows of one layer on their way to another rule.
class RowProjection {
 public:
  RowProjection(const IntegerWeights& before, const WeightPlan& plan)
      : rule_(weightRuleOf(plan)),
        newly_centred_(plan.rule == L1Rule::kA2qPlus && before.rule != plan.rule) {}

  /// Writes the integers of a channel; returns s'/s.
  double project(Row from, std::span<std::int32_t> to) const {
    const auto largest = static_cast<double>(largestOf(from));
    const bool too_wide = largest > rule_.limit;
    if (!too_wide && !newly_centred_ && meets(from)) {
      std::ranges::copy(from, to.begin());
      return 1;
    }
    std::vector<double> row(from.begin(), from.end());
    // In this order the largest weight becomes L' exactly, which rounding toward zero must find.
    if (too_wide) {
      for (double& x : row) x = x * rule_.limit / largest;
    }
    if (rule_.constrained()) {
      projectOnBudget(row);
      truncate(row, to);
    } else {
      round(row, to);
    }
    return too_wide ? largest / rule_.limit : 1;
  }

 private:
  [[nodiscard]] bool holds(Row row) const {
    const SignedSums sums = signedSums(row);
    return rule_.holds(sums.positive, sums.negative);
  }
  [[nodiscard]] bool meets(Row row) const {
    if (!rule_.constrained()) return true;
    return static_cast<double>(signedSums(row).l1()) <= rule_.budget && holds(row);
  }

  /// In units of s', so that the radius is T.
  void projectOnBudget(std::vector<double>& row) const {
    if (rule_.centred()) {
      const double mean =
          std::accumulate(row.begin(), row.end(), 0.0) / static_cast<double>(row.size());
      for (double& x : row) x -= mean;
    }
    const double threshold = l1ProjectionThreshold(row, rule_.budget);
    for (double& x : row) x = std::copysign(std::max(std::abs(x) - threshold, 0.0), x);
  }

  /// ⌊|x|⌋ with the sign of x, clipped; smaller and smaller until the exact sums fit.
  void truncate(const std::vector<double>& row, std::span<std::int32_t> to) const {
    double ratio = 1;
    const auto write = [&] {
      std::ranges::transform(row, to.begin(), [&](double x) {
        return static_cast<std::int32_t>(std::clamp(x * ratio, -rule_.limit, rule_.limit));
      });
    };
    write();
    for (double step = 0x1p-22; !holds(to); step *= 2) {
      ratio *= 1 - std::min(step, 0.5);
      write();
    }
  }

  void round(const std::vector<double>& row, std::span<std::int32_t> to) const {
    std::ranges::transform(row, to.begin(), [&](double x) {
      return static_cast<std::int32_t>(std::clamp(std::nearbyint(x), -rule_.limit, rule_.limit));
    });
  }

  WeightRule rule_;
  bool newly_centred_;
};

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
