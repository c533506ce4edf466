// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/network/experiment.h"
#include "core/training/run_record.h"
#include "core/training/torch/model_layers.h"

namespace a2q {

/// Parameters that share a weight-decay policy.
struct ParameterGroups {
  std::vector<torch::Tensor> decayed;  ///< weights
  std::vector<torch::Tensor> free;     ///< scales, norms, biases
};

/// What load() asks for: every value, or the float ones (weights, biases and batch norms).
enum class LoadScope { kAll, kFloatOnly };

/// Sees the value of every node right after it was computed.
using Probe = std::function<void(std::size_t node, const torch::Tensor& value)>;

/// What one node of a GraphModel needs to run.
struct GraphStep {
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

/// Runs a layer that only moves or combines values: pools, sums, concatenations and the like.
[[nodiscard]] torch::Tensor runPlain(const LayerKind& kind,
                                     const std::vector<torch::Tensor>& inputs);

/// A NetworkSpec as LibTorch computes it: fake-quantized, channels-last, one pass over the nodes.
/// A batch norm whose only reader is an activation quantizer runs as one node with it.
class GraphModel {
 public:
  GraphModel(const NetworkSpec& network, const NetworkGraph& graph, const QuantPlan& plan,
             std::uint64_t seed, torch::Device device);

  /// x: [B, C, H, W] real inputs (code · scale); the result is what reaches the output layer,
  /// [B, features] or [B, C, H, W].
  [[nodiscard]] torch::Tensor forward(const torch::Tensor& x, NormMode mode,
                                      const Probe* probe = nullptr);
  /// One node alone, with running statistics, from the values of the nodes it reads.
  [[nodiscard]] torch::Tensor runNode(std::size_t node, const std::vector<torch::Tensor>& values) {
    return run(steps_[node], values, NormMode::kRunningStatistics);
  }
  /// The nodes in running order, as in the NetworkGraph.
  [[nodiscard]] const std::vector<GraphStep>& steps() const { return steps_; }

  /// Σ over the constrained layers; undefined when there is none.
  [[nodiscard]] torch::Tensor penalty() const;

  [[nodiscard]] ParameterGroups parameterGroups() const;
  /// Learned values and running statistics by name, in a fixed order.
  [[nodiscard]] std::vector<std::pair<std::string, torch::Tensor>> state() const;
  /// The exact integers of the last forward pass, per channel.
  [[nodiscard]] std::vector<LayerSnapshot> snapshot() const;
  /// Adds LayerSnapshot::levels, which costs a pass over the weights.
  void addLevels(std::vector<LayerSnapshot>& layers) const;
  [[nodiscard]] std::vector<IntegerWeights> integerWeights() const;
  /// state() as bytes; with the settling of the activation quantizers, which a resume needs.
  [[nodiscard]] std::vector<NamedTensor> namedTensors() const;
  [[nodiscard]] std::vector<NamedTensor> resumableTensors() const;
  /// Sets the values of state() from tensors of the same names. Errors: kFileFormat when one is
  /// missing or has another shape.
  [[nodiscard]] Status load(const std::vector<NamedTensor>& tensors, LoadScope scope);

  /// Weight scales from the weights as they are now and, under a budget, EP-init.
  void initialiseScales();
  [[nodiscard]] const std::vector<std::unique_ptr<WeightLayer>>& weightLayers() const {
    return weights_;
  }
  /// The node of each weight layer, in the same order.
  [[nodiscard]] const std::vector<std::size_t>& weightNodes() const { return weight_nodes_; }
  /// Forgets the running statistics, so that the next batches are averaged with equal weight.
  void restartStatistics();
  /// The weight of the next batch in the running statistics; none: that of the specification.
  void setStatisticsWeight(std::optional<double> weight);

 private:
  struct Norm {
    std::string name;
    BatchNorm norm;
    double momentum;  ///< of the specification
  };
  [[nodiscard]] torch::Tensor run(const GraphStep& step, const std::vector<torch::Tensor>& values,
                                  NormMode mode);
  [[nodiscard]] torch::Tensor runActivation(const GraphStep& step, const torch::Tensor& x,
                                            NormMode mode);
  void fuseNorms();
  void planReleases();
  void planInPlace();

  std::vector<GraphStep> steps_;
  std::vector<Shape> shapes_;  ///< of the nodes, for one sample of the specification
  std::vector<std::unique_ptr<WeightLayer>> weights_;
  std::vector<std::size_t> weight_nodes_;
  std::vector<std::unique_ptr<ActivationQuantizer>> quantizers_;
  std::vector<std::unique_ptr<Norm>> norms_;
};

}  // namespace a2q
