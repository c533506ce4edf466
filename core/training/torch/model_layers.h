// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Generator.h>
#include <torch/types.h>

#include <string>

#include "core/bounds/certificate.h"
#include "core/network/graph.h"
#include "core/network/quant_plan.h"
#include "core/quant/activation_quantizer.h"
#include "core/quant/weight_quantizer.h"

namespace a2q {

/// A convolution or linear layer with its weight quantizer.
class WeightLayer {
 public:
  /// He initialisation from `generator`; then the scales, and for A2Q and A2Q+ the projection on
  /// the budget. `input` is the shape that reaches the layer.
  WeightLayer(const LayerSpec& spec, const WeightPlan& plan, const Shape& input,
              at::Generator generator, torch::Device device);

  [[nodiscard]] torch::Tensor forward(const torch::Tensor& x);
  /// The layer's sums with other weights, shaped like v, and bias (undefined: none).
  [[nodiscard]] torch::Tensor apply(const torch::Tensor& x, const torch::Tensor& w,
                                    const torch::Tensor& bias) const;

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const WeightPlan& plan() const { return plan_; }
  [[nodiscard]] const WeightParameters& parameters() const { return parameters_; }
  [[nodiscard]] const torch::Tensor& bias() const { return bias_; }
  [[nodiscard]] bool quantized() const { return plan_.method != QuantMethod::kFloat; }
  [[nodiscard]] bool constrained() const { return quantized() && rule_.constrained(); }
  /// Σ max(g − s·T, 0) of a constrained layer.
  [[nodiscard]] torch::Tensor penalty() const { return weightPenalty(parameters_, rule_); }
  /// Statistics [C, WeightStats::kCount] of the last forward pass; undefined before it.
  [[nodiscard]] const torch::Tensor& stats() const { return stats_; }
  /// Scales from the weights as they are and, under a budget, the projection on it.
  void initialiseScales();
  /// q of the weights as they are now, shaped like v, and s [C] of a quantized layer.
  [[nodiscard]] torch::Tensor integerTensor() const;
  [[nodiscard]] torch::Tensor scales() const;
  /// The integers of the weights as they are now.
  [[nodiscard]] IntegerWeights integers() const;

 private:
  [[nodiscard]] torch::Tensor effectiveWeight();

  std::string name_;
  WeightPlan plan_;
  WeightRule rule_;
  WeightParameters parameters_;
  torch::Tensor bias_;
  torch::Tensor stats_;
  ConvLayer conv_;
  bool is_conv_ = false;
};

/// An activation quantizer with a learned scale. Its scale follows the statistics of the first
/// batches, then it is learned like any other parameter; afterwards nothing is measured any more.
class ActivationQuantizer {
 public:
  static constexpr int kSettlingBatches = 16;

  ActivationQuantizer(std::string name, IntegerFormat format, torch::Device device);

  /// True while the scale still follows the batches: hand what comes before it to observe().
  [[nodiscard]] bool settling() const { return observed_ < kSettlingBatches; }
  /// How many batches the scale has followed.
  [[nodiscard]] int observed() const { return observed_; }
  void setObserved(int batches) { observed_ = batches; }
  void observe(const torch::Tensor& x);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const torch::Tensor& logScale() const { return log_scale_; }
  [[nodiscard]] IntegerFormat format() const { return format_; }
  /// s = 2^d in the precision of training.
  [[nodiscard]] double scale() const;

 private:
  std::string name_;
  IntegerFormat format_;
  torch::Tensor log_scale_;
  int observed_ = 0;
};

/// A new batch norm of `channels`: γ = 1, β = 0.
[[nodiscard]] BatchNorm makeBatchNorm(const BatchNormLayer& spec, std::int64_t channels,
                                      torch::Device device);

}  // namespace a2q
