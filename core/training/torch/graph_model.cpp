// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/torch/graph_model.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/nn/functional.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace a2q {
namespace {

using torch::Tensor;

std::vector<std::int64_t> pair(const Extent& extent) { return {extent.height, extent.width}; }

Tensor pool(const PoolLayer& layer, const Tensor& x) {
  const bool global = layer.kernel == Extent{0, 0};
  if (layer.kind == PoolKind::kMax) {
    const Extent kernel = global ? Extent{x.size(2), x.size(3)} : layer.kernel;
    const Extent stride = global ? kernel : layer.stride;
    return torch::max_pool2d(x, pair(kernel), pair(stride), pair(layer.padding));
  }
  if (global) return x.mean({2, 3}, true);
  return torch::avg_pool2d(x, pair(layer.kernel), pair(layer.stride), pair(layer.padding));
}

Tensor resize(const ResizeLayer& layer, const Tensor& x) {
  return torch::upsample_nearest2d(x, {x.size(2) * layer.factor, x.size(3) * layer.factor});
}

/// Normalises with the statistics of the batch and leaves the running ones alone.
Tensor normaliseOnly(const Tensor& x, BatchNorm norm) {
  norm.running_mean = Tensor();
  norm.running_var = Tensor();
  return normalise(x, norm, NormMode::kBatchStatistics);
}

}  // namespace

Tensor runPlain(const LayerKind& kind, const std::vector<Tensor>& inputs) {
  if (const auto* layer = std::get_if<PoolLayer>(&kind)) return pool(*layer, inputs[0]);
  if (const auto* layer = std::get_if<ResizeLayer>(&kind)) return resize(*layer, inputs[0]);
  if (const auto* layer = std::get_if<PixelShuffleLayer>(&kind)) {
    return torch::pixel_shuffle(inputs[0], layer->factor);
  }
  if (std::holds_alternative<FlattenLayer>(kind)) return inputs[0].flatten(1);
  if (std::holds_alternative<ConcatLayer>(kind)) return torch::cat(inputs, 1);
  if (std::holds_alternative<AddLayer>(kind)) {
    Tensor sum = inputs[0] + inputs[1];
    for (std::size_t i = 2; i < inputs.size(); ++i) sum = sum + inputs[i];
    return sum;
  }
  return inputs[0];  // input and output layers hand their value on
}

GraphModel::GraphModel(const NetworkSpec& network, const NetworkGraph& graph, const QuantPlan& plan,
                       std::uint64_t seed, torch::Device device) {
  // The generator is seeded with 32 bits; the upper half must count too.
  const std::uint64_t folded = seed ^ (seed >> 32) * 0x9E3779B9U;
  const at::Generator generator = at::detail::createCPUGenerator(folded);
  std::map<std::size_t, const WeightPlan*> weight_plans;
  for (const WeightPlan& weights : plan.weights) weight_plans[weights.node] = &weights;
  std::map<std::size_t, IntegerFormat> formats;
  for (const ActivationPlan& activation : plan.activations) {
    formats[activation.node] = activation.format;
  }
  std::map<std::string, std::size_t> node_of;
  std::map<std::size_t, ActivationQuantizer*> quantizer_of;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    node_of[network.layers[graph.nodes[i].layer].name] = i;
  }
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const GraphNode& node = graph.nodes[i];
    const LayerSpec& spec = network.layers[node.layer];
    GraphStep step;
    step.kind = spec.kind;
    step.inputs = node.inputs;
    if (const auto found = weight_plans.find(i); found != weight_plans.end()) {
      const Shape& input = graph.nodes[node.inputs.front()].output;
      weights_.push_back(
          std::make_unique<WeightLayer>(spec, *found->second, input, generator, device));
      weight_nodes_.push_back(i);
      step.weights = weights_.back().get();
    } else if (const auto* norm = std::get_if<BatchNormLayer>(&spec.kind)) {
      norms_.push_back(std::make_unique<Norm>(
          Norm{spec.name, makeBatchNorm(*norm, node.output.channels, device), norm->momentum}));
      step.norm = &norms_.back()->norm;
    } else if (const auto format = formats.find(i); format != formats.end()) {
      quantizers_.push_back(
          std::make_unique<ActivationQuantizer>(spec.name, format->second, device));
      quantizer_of[i] = quantizers_.back().get();
    } else if (const auto* activation = std::get_if<ActivationLayer>(&spec.kind)) {
      step.rectifies = activation->sign == Signedness::kUnsigned;
    }
    steps_.push_back(std::move(step));
    shapes_.push_back(node.output);
  }
  // A shared scale belongs to the layer that is named; the sharers own none.
  for (const auto& [node, own] : quantizer_of) {
    const auto& activation = std::get<ActivationLayer>(steps_[node].kind);
    steps_[node].quantizer =
        activation.share.empty() ? own : quantizer_of.at(node_of.at(activation.share));
  }
  std::erase_if(quantizers_, [this](const auto& quantizer) {
    return std::none_of(steps_.begin(), steps_.end(),
                        [&](const GraphStep& step) { return step.quantizer == quantizer.get(); });
  });
  fuseNorms();
  planReleases();
  planInPlace();
}

void GraphModel::fuseNorms() {
  std::vector<int> readers(steps_.size());
  for (const GraphStep& step : steps_) {
    for (const std::size_t input : step.inputs) ++readers[input];
  }
  for (GraphStep& step : steps_) {
    if (step.quantizer == nullptr) continue;
    const std::size_t before = step.inputs.front();
    GraphStep& norm = steps_[before];
    if (!std::holds_alternative<BatchNormLayer>(norm.kind) || readers[before] != 1) continue;
    norm.fused_away = true;
    step.norm = norm.norm;
    step.inputs = norm.inputs;
  }
}

void GraphModel::planReleases() {
  std::vector<std::size_t> last_reader(steps_.size());
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    if (steps_[i].fused_away) continue;
    for (const std::size_t input : steps_[i].inputs) last_reader[input] = i;
  }
  for (std::size_t i = 0; i + 1 < steps_.size(); ++i) {
    if (!steps_[i].fused_away) steps_[last_reader[i]].last_reads.push_back(i);
  }
}

/// A ReLU may overwrite what nobody reads after it and what its producer does not need again.
void GraphModel::planInPlace() {
  for (GraphStep& step : steps_) {
    if (!step.rectifies) continue;
    const std::size_t input = step.inputs.front();
    const GraphStep& producer = steps_[input];
    const bool needed =
        std::find(step.last_reads.begin(), step.last_reads.end(), input) == step.last_reads.end();
    const bool overwritable = producer.weights != nullptr || producer.norm != nullptr ||
                              std::holds_alternative<AddLayer>(producer.kind);
    step.in_place = overwritable && !needed;
  }
}

Tensor GraphModel::runActivation(const GraphStep& step, const Tensor& x, NormMode mode) {
  if (step.quantizer == nullptr) {
    if (!step.rectifies) return x;
    if (!step.in_place) return torch::relu(x);
    Tensor overwritten = x;
    return torch::relu_(overwritten);
  }
  ActivationQuantizer& quantizer = *step.quantizer;
  if (mode == NormMode::kBatchStatistics && quantizer.settling()) {
    const torch::NoGradGuard guard;
    if (step.norm == nullptr) {
      quantizer.observe(x);
    } else {
      quantizer.observe(normaliseOnly(x, *step.norm));  // looks ahead: nothing is remembered
    }
  }
  if (step.norm == nullptr) return quantizeActivation(x, quantizer.logScale(), quantizer.format());
  return normaliseAndQuantize(x, *step.norm, mode, quantizer.logScale(), quantizer.format());
}

Tensor GraphModel::run(const GraphStep& step, const std::vector<Tensor>& values, NormMode mode) {
  std::vector<Tensor> inputs;
  for (const std::size_t input : step.inputs) inputs.push_back(values[input]);
  if (step.weights != nullptr) return step.weights->forward(inputs[0]);
  if (std::holds_alternative<ActivationLayer>(step.kind)) {
    return runActivation(step, inputs[0], mode);
  }
  if (step.norm != nullptr) return normalise(inputs[0], *step.norm, mode);
  return runPlain(step.kind, inputs);
}

Tensor GraphModel::forward(const Tensor& x, NormMode mode, const Probe* probe) {
  std::vector<Tensor> values(steps_.size());
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    const GraphStep& step = steps_[i];
    if (step.fused_away) continue;
    values[i] = step.inputs.empty() ? x : run(step, values, mode);
    if (probe != nullptr) (*probe)(i, values[i]);
    for (const std::size_t done : step.last_reads) values[done] = Tensor();
  }
  return values.back();
}

Tensor GraphModel::penalty() const {
  Tensor sum;
  for (const auto& layer : weights_) {
    if (!layer->constrained()) continue;
    sum = sum.defined() ? sum + layer->penalty() : layer->penalty();
  }
  return sum;
}

ParameterGroups GraphModel::parameterGroups() const {
  ParameterGroups groups;
  for (const auto& layer : weights_) {
    groups.decayed.push_back(layer->parameters().v);
    for (const Tensor& free : {layer->parameters().d, layer->parameters().t, layer->bias()}) {
      if (free.defined()) groups.free.push_back(free);
    }
  }
  for (const auto& norm : norms_) {
    groups.free.push_back(norm->norm.gamma);
    groups.free.push_back(norm->norm.beta);
  }
  for (const auto& quantizer : quantizers_) groups.free.push_back(quantizer->logScale());
  return groups;
}

}  // namespace a2q
