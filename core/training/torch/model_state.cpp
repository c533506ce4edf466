// SPDX-License-Identifier: GPL-3.0-or-later
// What a GraphModel holds, seen from outside: values by name, and the integers of its weights.
#include <algorithm>
#include <cmath>
#include <map>

#include "core/training/layer_levels.h"
#include "core/training/torch/graph_model.h"
#include "core/training/torch/tensor_bytes.h"

namespace a2q {
namespace {

using torch::Tensor;

constexpr const char* kObserved = ".observed";

bool isFloatValue(const std::string& name) {
  return !name.ends_with(".d") && !name.ends_with(".t");
}

}  // namespace

std::vector<std::pair<std::string, Tensor>> GraphModel::state() const {
  std::vector<std::pair<std::string, Tensor>> out;
  for (const auto& layer : weights_) {
    const WeightParameters& parameters = layer->parameters();
    const std::pair<const char*, Tensor> all[] = {
        {".v", parameters.v}, {".d", parameters.d}, {".t", parameters.t}, {".bias", layer->bias()}};
    for (const auto& [suffix, tensor] : all) {
      if (tensor.defined()) out.emplace_back(layer->name() + suffix, tensor);
    }
  }
  for (const auto& norm : norms_) {
    out.emplace_back(norm->name + ".gamma", norm->norm.gamma);
    out.emplace_back(norm->name + ".beta", norm->norm.beta);
    out.emplace_back(norm->name + ".running_mean", norm->norm.running_mean);
    out.emplace_back(norm->name + ".running_var", norm->norm.running_var);
  }
  for (const auto& quantizer : quantizers_) {
    out.emplace_back(quantizer->name() + ".d", quantizer->logScale());
  }
  return out;
}

std::vector<NamedTensor> GraphModel::namedTensors() const {
  std::vector<NamedTensor> out;
  for (const auto& [name, tensor] : state()) out.push_back(toNamedTensor(name, tensor));
  return out;
}

std::vector<NamedTensor> GraphModel::resumableTensors() const {
  std::vector<NamedTensor> out = namedTensors();
  for (const auto& quantizer : quantizers_) {
    out.push_back(toNamedTensor(quantizer->name() + kObserved,
                                torch::full({}, quantizer->observed(), torch::kFloat32)));
  }
  return out;
}

Status GraphModel::load(const std::vector<NamedTensor>& tensors, LoadScope scope) {
  std::map<std::string, const NamedTensor*> by_name;
  for (const NamedTensor& tensor : tensors) by_name[tensor.name] = &tensor;
  for (auto& [name, tensor] : state()) {
    if (scope == LoadScope::kFloatOnly && !isFloatValue(name)) continue;
    const auto found = by_name.find(name);
    if (found == by_name.end()) {
      return fail(ErrorCode::kFileFormat, "the weights are of another network or method",
                  "they lack '" + name + "'",
                  "Use the specification they were trained with; float weights are taken by "
                  "'a2q train SPEC --from FILE'.");
    }
    if (auto set = setFromNamedTensor(tensor, *found->second); !set) return set;
  }
  if (scope == LoadScope::kFloatOnly) return {};
  for (const auto& quantizer : quantizers_) {
    const auto found = by_name.find(quantizer->name() + kObserved);
    Tensor count = torch::full({}, ActivationQuantizer::kSettlingBatches, torch::kFloat32);
    if (found != by_name.end()) {
      if (auto set = setFromNamedTensor(count, *found->second); !set) return set;
    }
    quantizer->setObserved(count.item<int>());
  }
  return {};
}

void GraphModel::initialiseScales() {
  const torch::NoGradGuard guard;
  for (const auto& layer : weights_) layer->initialiseScales();
}

void GraphModel::restartStatistics() {
  const torch::NoGradGuard guard;
  for (const auto& norm : norms_) {
    norm->norm.running_mean.zero_();
    norm->norm.running_var.fill_(1);
  }
}

void GraphModel::setStatisticsWeight(std::optional<double> weight) {
  for (const auto& norm : norms_) norm->norm.momentum = weight.value_or(norm->momentum);
}

std::vector<LayerSnapshot> GraphModel::snapshot() const {
  std::vector<LayerSnapshot> layers;
  for (const auto& layer : weights_) {
    if (!layer->quantized() || !layer->stats().defined()) continue;
    const WeightPlan& plan = layer->plan();
    LayerSnapshot out{layer->name(), plan.accumulator, {}, plan.input_range, plan.k, {}, 0, {}};
    if (plan.rule && plan.accumulator) {
      out.budget = l1Budget(*plan.rule, *plan.accumulator, plan.input_format);
    }
    const Tensor stats = layer->stats().to(torch::kCPU);
    const auto* row = stats.data_ptr<double>();
    for (std::int64_t c = 0; c < plan.channels; ++c, row += WeightStats::kCount) {
      out.channels.push_back(
          {std::llround(row[WeightStats::kPositive]), std::llround(row[WeightStats::kNegative])});
      out.zeros += std::llround(row[WeightStats::kZeros]);
    }
    layers.push_back(std::move(out));
  }
  return layers;
}

void GraphModel::addLevels(std::vector<LayerSnapshot>& layers) const {
  for (LayerSnapshot& snapshot : layers) {
    const auto layer = std::find_if(weights_.begin(), weights_.end(), [&](const auto& candidate) {
      return candidate->name() == snapshot.layer;
    });
    snapshot.levels = levelsOf((*layer)->integers());
  }
}

std::vector<IntegerWeights> GraphModel::integerWeights() const {
  std::vector<IntegerWeights> out;
  for (const auto& layer : weights_) {
    if (layer->quantized()) out.push_back(layer->integers());
  }
  return out;
}

}  // namespace a2q
