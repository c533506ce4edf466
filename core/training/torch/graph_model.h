// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <memory>
#include <optional>
#include <vector>

#include "core/network/experiment.h"
#include "core/training/run_record.h"
#include "core/training/torch/model_layers.h"

namespace a2q {

/// Parameters that share a weight-decay policy.
struct ParameterGroups {
  std::vector<torch::Tensor> decayed;  ///< weights
  std::vector<torch::Tensor> free;     ///< scales, norms, biases
};

/// A NetworkSpec as LibTorch computes it: fake-quantized, channels-last, one pass over the nodes.
/// A batch norm whose only reader is an activation quantizer runs as one node with it.
class GraphModel {
 public:
  GraphModel(const NetworkSpec& network, const NetworkGraph& graph, const QuantPlan& plan,
             std::uint64_t seed, torch::Device device);

  /// x: [B, C, H, W] real inputs (code · scale); the result is what reaches the output layer,
  /// [B, features] or [B, C, H, W].
  [[nodiscard]] torch::Tensor forward(const torch::Tensor& x, NormMode mode);

  /// Σ over the constrained layers; undefined when there is none.
  [[nodiscard]] torch::Tensor penalty() const;

  [[nodiscard]] ParameterGroups parameterGroups() const;
  [[nodiscard]] std::vector<LayerSnapshot> snapshot() const;
  [[nodiscard]] std::vector<IntegerWeights> integerWeights() const;
  [[nodiscard]] std::vector<NamedTensor> namedTensors() const;

 private:
  struct Norm {
    std::string name;
    BatchNorm norm;
  };
  /// What one node needs to run.
  struct Step {
    LayerKind kind;
    std::vector<std::size_t> inputs;
    WeightLayer* weights = nullptr;
    ActivationQuantizer* quantizer = nullptr;
    bool rectifies = false;               ///< a float network's activation: ReLU
    bool in_place = false;                ///< the ReLU may overwrite its input
    BatchNorm* norm = nullptr;            ///< of a batch norm, or the one fused into an activation
    bool fused_away = false;              ///< runs inside the activation that reads it
    std::vector<std::size_t> last_reads;  ///< nodes whose value nobody needs after this one
  };

  [[nodiscard]] torch::Tensor run(const Step& step, const std::vector<torch::Tensor>& values,
                                  NormMode mode);
  [[nodiscard]] torch::Tensor runActivation(const Step& step, const torch::Tensor& x,
                                            NormMode mode);
  void fuseNorms();
  void planReleases();
  void planInPlace();

  std::vector<Step> steps_;
  std::vector<std::unique_ptr<WeightLayer>> weights_;
  std::vector<std::unique_ptr<ActivationQuantizer>> quantizers_;
  std::vector<std::unique_ptr<Norm>> norms_;
};

}  // namespace a2q
