// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/torch/model_layers.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/nn/functional.h>

#include <cmath>
#include <utility>

namespace a2q {
namespace {

using torch::Tensor;

std::vector<std::int64_t> pair(const Extent& extent) { return {extent.height, extent.width}; }

/// The weights of a layer, drawn from N(0, 2/fan_in) [He et al. 2015], in channels-last order.
Tensor heWeights(const std::vector<std::int64_t>& shape, const at::Generator& generator,
                 torch::Device device) {
  std::int64_t fan_in = 1;
  for (std::size_t i = 1; i < shape.size(); ++i) fan_in *= shape[i];
  const double deviation = std::sqrt(2.0 / static_cast<double>(fan_in));
  Tensor weights = torch::empty(shape).normal_(0, deviation, generator);
  if (shape.size() == 4) weights = weights.contiguous(at::MemoryFormat::ChannelsLast);
  return weights.to(device);
}

}  // namespace

WeightLayer::WeightLayer(const LayerSpec& spec, const WeightPlan& plan, const Shape& input,
                         at::Generator generator, torch::Device device)
    : name_(spec.name), plan_(plan) {
  std::vector<std::int64_t> shape{plan.channels, plan.k};
  bool bias = false;
  if (const auto* conv = std::get_if<ConvLayer>(&spec.kind)) {
    is_conv_ = true;
    conv_ = *conv;
    bias = conv->bias;
    shape = {plan.channels, input.channels / conv->groups, conv->kernel.height, conv->kernel.width};
  } else {
    bias = std::get<LinearLayer>(spec.kind).bias;
  }
  parameters_.v = heWeights(shape, generator, device);
  if (bias) bias_ = torch::zeros({plan.channels}, device).requires_grad_();
  if (quantized()) {
    rule_ = weightRuleOf(plan);
    parameters_.d = torch::empty({plan.channels}, device);
    if (rule_.constrained()) parameters_.t = torch::empty({plan.channels}, device);
    initialiseScales();
    parameters_.d.requires_grad_();
    if (parameters_.t.defined()) parameters_.t.requires_grad_();
  }
  parameters_.v.requires_grad_();
}

void WeightLayer::initialiseScales() {
  if (!quantized()) return;
  a2q::initialiseScales(parameters_, rule_);
  if (rule_.constrained()) projectToBudget(parameters_, rule_);
}

Tensor WeightLayer::effectiveWeight() {
  if (!quantized()) return parameters_.v;
  QuantizedWeight quantized = quantizeWeight(parameters_, rule_);
  stats_ = std::move(quantized.stats);
  return std::move(quantized.w);
}

Tensor WeightLayer::apply(const Tensor& x, const Tensor& w, const Tensor& bias) const {
  if (!is_conv_) return torch::linear(x.dim() == 2 ? x : x.flatten(1), w, bias);
  return torch::conv2d(x, w, bias, pair(conv_.stride), pair(conv_.padding), 1, conv_.groups);
}

Tensor WeightLayer::forward(const Tensor& x) { return apply(x, effectiveWeight(), bias_); }

Tensor WeightLayer::integerTensor() const {
  const torch::NoGradGuard guard;
  return integerWeights(quantizeWeight(parameters_, rule_)).view(parameters_.v.sizes());
}

Tensor WeightLayer::scales() const {
  constexpr double kLeastScale = 1e-10;  // as in the quantizer
  return parameters_.d.detach().exp2().clamp_min(kLeastScale);
}

IntegerWeights WeightLayer::integers() const {
  const Tensor q = integerTensor().contiguous();
  IntegerWeights out;
  out.layer = name_;
  out.channels = plan_.channels;
  out.k = plan_.k;
  out.weight_bits = plan_.weight_bits;
  out.input_format = plan_.input_format;
  out.input_range = plan_.input_range;
  out.accumulator = plan_.accumulator;
  out.rule = plan_.rule;
  out.values.assign(q.data_ptr<std::int32_t>(), q.data_ptr<std::int32_t>() + q.numel());
  return out;
}

ActivationQuantizer::ActivationQuantizer(std::string name, IntegerFormat format,
                                         torch::Device device)
    : name_(std::move(name)),
      format_(format),
      log_scale_(torch::zeros({}, device).requires_grad_()) {}

void ActivationQuantizer::observe(const Tensor& x) {
  const torch::NoGradGuard guard;
  const double fitted = fittedLogScale(x, format_);
  ++observed_;
  const double share = 1.0 / observed_;
  const double mean = (1 - share) * log_scale_.item<double>() + share * fitted;
  log_scale_.fill_(mean);
}

double ActivationQuantizer::scale() const {
  return static_cast<double>(static_cast<float>(std::exp2(log_scale_.item<double>())));
}

BatchNorm makeBatchNorm(const BatchNormLayer& spec, std::int64_t channels, torch::Device device) {
  return {torch::ones({channels}, device).requires_grad_(),
          torch::zeros({channels}, device).requires_grad_(),
          torch::zeros({channels}, device),
          torch::ones({channels}, device),
          spec.epsilon,
          spec.momentum};
}

}  // namespace a2q
