// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/torch/optimizer.h"

#include <torch/nn/utils/clip_grad.h>
#include <torch/optim/adam.h>
#include <torch/optim/sgd.h>

#include <cmath>
#include <cstring>
#include <map>
#include <numbers>
#include <sstream>
#include <type_traits>

#include "core/training/torch/tensor_bytes.h"

namespace a2q {
namespace {

using torch::Tensor;
using torch::optim::AdamParamState;
using torch::optim::Optimizer;
using torch::optim::SGDParamState;

template <class Options>
std::vector<torch::optim::OptimizerParamGroup> optimizerGroups(const ParameterGroups& groups,
                                                               Options options, double decay) {
  const auto group = [](const std::vector<Tensor>& parameters, Options settings) {
    return torch::optim::OptimizerParamGroup(parameters, std::make_unique<Options>(settings));
  };
  Options free = options;
  free.weight_decay(0);
  options.weight_decay(decay);
  std::vector<torch::optim::OptimizerParamGroup> out{group(groups.decayed, options)};
  if (!groups.free.empty()) out.push_back(group(groups.free, free));
  return out;
}

std::unique_ptr<Optimizer> makeOptimizer(const TrainSpec& spec, const ParameterGroups& groups) {
  if (spec.optimizer == OptimizerKind::kAdam) {
    const torch::optim::AdamOptions options(spec.learning_rate);
    return std::make_unique<torch::optim::Adam>(optimizerGroups(groups, options, spec.weight_decay),
                                                options);
  }
  torch::optim::SGDOptions options(spec.learning_rate);
  options.momentum(spec.momentum);
  return std::make_unique<torch::optim::SGD>(optimizerGroups(groups, options, spec.weight_decay),
                                             options);
}

/// LibTorch 1 keys the state by the printed address of a parameter, LibTorch 2 by the address.
template <class Map>
typename Map::key_type keyOf(const Map& /*states*/, const Tensor& parameter) {
  if constexpr (std::is_same_v<typename Map::key_type, std::string>) {
    std::ostringstream text;
    text << parameter.unsafeGetTensorImpl();
    return text.str();
  } else {
    return parameter.unsafeGetTensorImpl();
  }
}

constexpr const char* kMomentum = ".momentum";
constexpr const char* kFirstMoment = ".exp_avg";
constexpr const char* kSecondMoment = ".exp_avg_sq";
constexpr const char* kStep = ".step";

/// The tensor of that name laid out as the parameter; undefined when there is none.
Result<Tensor> stateTensor(const std::map<std::string, const NamedTensor*>& by_name,
                           const std::string& name, const Tensor& parameter) {
  const auto found = by_name.find(name);
  if (found == by_name.end()) return Tensor();
  Tensor out = torch::zeros_like(parameter.detach());
  if (auto set = setFromNamedTensor(out, *found->second); !set) return forward(std::move(set));
  return out;
}

}  // namespace

PhaseOptimizer::PhaseOptimizer(const TrainSpec& spec, const GraphModel& model) : spec_(spec) {
  const ParameterGroups groups = model.parameterGroups();
  parameters_ = groups.decayed;
  parameters_.insert(parameters_.end(), groups.free.begin(), groups.free.end());
  for (auto& [name, tensor] : model.state()) {
    if (tensor.requires_grad()) named_.emplace_back(name, tensor);
  }
  optimizer_ = makeOptimizer(spec, groups);
}

double PhaseOptimizer::learningRate(double progress) const {
  const ScheduleSpec& schedule = spec_.schedule;
  const double epoch = std::floor(progress);
  switch (schedule.kind) {
    case ScheduleKind::kConstant: return spec_.learning_rate;
    case ScheduleKind::kStep:
      return spec_.learning_rate *
             std::pow(schedule.factor, std::floor(epoch / static_cast<double>(schedule.every)));
    case ScheduleKind::kExponential: return spec_.learning_rate * std::pow(schedule.factor, epoch);
    case ScheduleKind::kCosine:
      return spec_.learning_rate * 0.5 *
             (1 + std::cos(std::numbers::pi * progress / static_cast<double>(spec_.epochs)));
  }
  return spec_.learning_rate;
}

void PhaseOptimizer::clearGradients() {
  for (const Tensor& parameter : parameters_) parameter.mutable_grad() = Tensor();
}

void PhaseOptimizer::step(double learning_rate) {
  if (spec_.gradient_clip > 0) {
    torch::nn::utils::clip_grad_norm_(parameters_, spec_.gradient_clip);
  }
  for (auto& group : optimizer_->param_groups()) group.options().set_lr(learning_rate);
  optimizer_->step();
}

bool PhaseOptimizer::parametersFinite() const {
  for (const Tensor& parameter : parameters_) {
    if (!parameter.detach().isfinite().all().item<bool>()) return false;
  }
  return true;
}

std::vector<NamedTensor> PhaseOptimizer::state() const {
  std::vector<NamedTensor> out;
  auto& states = optimizer_->state();
  const auto keep = [&out](const std::string& name, const Tensor& tensor) {
    if (tensor.defined()) out.push_back(toNamedTensor(name, tensor));
  };
  for (const auto& [name, parameter] : named_) {
    const auto found = states.find(keyOf(states, parameter));
    if (found == states.end()) continue;
    if (const auto* sgd = dynamic_cast<const SGDParamState*>(found->second.get())) {
      keep(name + kMomentum, sgd->momentum_buffer());
    } else if (const auto* adam = dynamic_cast<const AdamParamState*>(found->second.get())) {
      keep(name + kFirstMoment, adam->exp_avg());
      keep(name + kSecondMoment, adam->exp_avg_sq());
      keep(name + kStep, torch::full({}, adam->step(), torch::kInt64));
    }
  }
  return out;
}

Status PhaseOptimizer::load(const std::vector<NamedTensor>& state) {
  std::map<std::string, const NamedTensor*> by_name;
  for (const NamedTensor& tensor : state) by_name[tensor.name] = &tensor;
  auto& states = optimizer_->state();
  for (const auto& [name, parameter] : named_) {
    if (spec_.optimizer == OptimizerKind::kSgd) {
      auto momentum = stateTensor(by_name, name + kMomentum, parameter);
      if (!momentum) return forward(std::move(momentum));
      if (!momentum->defined()) continue;
      auto own = std::make_unique<SGDParamState>();
      own->momentum_buffer(*momentum);
      states[keyOf(states, parameter)] = std::move(own);
      continue;
    }
    auto first = stateTensor(by_name, name + kFirstMoment, parameter);
    if (!first) return forward(std::move(first));
    auto second = stateTensor(by_name, name + kSecondMoment, parameter);
    if (!second) return forward(std::move(second));
    const auto step = by_name.find(name + kStep);
    if (!first->defined() || !second->defined() || step == by_name.end()) continue;
    auto own = std::make_unique<AdamParamState>();
    own->exp_avg(*first);
    own->exp_avg_sq(*second);
    own->step(toTensor(*step->second).item<std::int64_t>());
    states[keyOf(states, parameter)] = std::move(own);
  }
  return {};
}

}  // namespace a2q
