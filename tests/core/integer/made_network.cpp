// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/integer/made_network.h"

#include <algorithm>
#include <random>

#include "core/network/quant_plan.h"
#include "core/quant/weight_rule.h"
#include "tests/core/network/network_builder.h"

namespace a2q::testing {
namespace {

using Values = std::vector<std::int32_t>;

bool keepsRule(const Values& row, const WeightRule& rule) {
  if (!rule.constrained()) return true;
  const SignedSums sums = signedSums(row);
  return static_cast<double>(sums.l1()) <= rule.budget && rule.holds(sums.positive, sums.negative);
}

/// A row that leaves its rule loses a step of a random weight until it does not.
Values madeRow(std::int64_t channel, std::int64_t k, const WeightRule& rule, std::mt19937& random) {
  const auto limit = static_cast<std::int32_t>(rule.limit);
  std::uniform_int_distribution<std::int32_t> weight(-limit, limit);
  std::uniform_int_distribution<std::size_t> place(0, static_cast<std::size_t>(k) - 1);
  Values row(static_cast<std::size_t>(k));
  if (channel == 1) std::ranges::fill(row, 1);
  if (channel > 1) std::ranges::generate(row, [&] { return weight(random); });
  while (!keepsRule(row, rule)) {
    std::int32_t& q = row[place(random)];
    q -= (q > 0) - (q < 0);
  }
  return row;
}

TrainedWeights madeWeights(const LayerSpec& layer, const WeightPlan& plan, std::mt19937& random) {
  std::uniform_real_distribution<double> scale(0.01, 0.1);
  TrainedWeights out;
  out.node = plan.node;
  out.integers = {layer.name,       plan.channels,     plan.k,
                  plan.weight_bits, plan.input_format, plan.input_range,
                  plan.accumulator, plan.rule,         {}};
  const WeightRule rule = weightRuleOf(plan);
  for (std::int64_t c = 0; c < plan.channels; ++c) {
    const Values row = madeRow(c, plan.k, rule, random);
    out.integers.values.insert(out.integers.values.end(), row.begin(), row.end());
    out.scales.push_back(scale(random));
  }
  return out;
}

TrainedNorm madeNorm(std::size_t node, std::int64_t channels, std::mt19937& random) {
  std::normal_distribution<double> normal;
  TrainedNorm out;
  out.node = node;
  for (std::int64_t c = 0; c < channels; ++c) {
    out.mean.push_back(normal(random));
    out.factor.push_back(c % 3 == 2 ? -1 : 1.5);
    out.beta.push_back(1 + normal(random) / 4);
  }
  return out;
}

}  // namespace

Experiment madeExperiment() {
  Experiment experiment;
  experiment.network = NetworkBuilder({1, 8, 8})
                           .then("conv", conv(6, 3, 1))
                           .then("bn1", BatchNormLayer{})
                           .then("act1", ActivationLayer{})
                           .then("deep", conv(6, 3, 1, 1, 6))
                           .then("bn2", BatchNormLayer{})
                           .then("act2", ActivationLayer{})
                           .then("fc", LinearLayer{12})
                           .then("bn3", BatchNormLayer{})
                           .then("act3", ActivationLayer{})
                           .then("last", LinearLayer{5})
                           .done();
  experiment.quant.weight_bits = {5};
  experiment.quant.accumulator_bits = {15};
  experiment.quant.first.accumulator_bits = BitWidth{18};
  experiment.quant.last.accumulator_bits = BitWidth{18};
  return experiment;
}

TrainedNetwork madeNetwork(const Experiment& experiment, std::uint32_t seed) {
  std::mt19937 random(seed);
  const NetworkGraph graph = inferShapes(experiment.network).value();
  const QuantPlan plan = planQuantization(experiment.network, graph, experiment.quant).value();
  TrainedNetwork out{experiment.network, graph, {}, {}, {}};
  for (const WeightPlan& layer : plan.weights) {
    const LayerSpec& spec = experiment.network.layers[graph.nodes[layer.node].layer];
    out.weights.push_back(madeWeights(spec, layer, random));
  }
  for (std::size_t node = 0; node < graph.nodes.size(); ++node) {
    const LayerKind& kind = experiment.network.layers[graph.nodes[node].layer].kind;
    if (std::holds_alternative<BatchNormLayer>(kind)) {
      out.norms.push_back(madeNorm(node, graph.nodes[node].output.channels, random));
    }
  }
  for (const ActivationPlan& activation : plan.activations) {
    out.activations.push_back({activation.node, activation.format, 0.3});
  }
  return out;
}

DataSet madeData(std::int64_t count, std::uint32_t seed) {
  std::mt19937 random(seed);
  DataSet data;
  data.name = "made";
  data.source = "random numbers";
  data.test.shape = {1, 8, 8};
  data.test.classes = 5;
  for (std::int64_t i = 0; i < count; ++i) {
    for (int p = 0; p < 64; ++p) data.test.pixels.push_back(static_cast<std::uint8_t>(random()));
    data.test.labels.push_back(static_cast<std::uint8_t>(random() % 5));
  }
  return data;
}

}  // namespace a2q::testing
