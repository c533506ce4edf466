// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/training/torch/graph_model.h"
#include "core/training/trainer.h"

namespace a2q {

/// The real value of code 1 at the output of a node, in double precision; it means something where
/// codes pass: behind activations and the input, through pools, sums and whatever moves values.
[[nodiscard]] double scaleAt(const GraphModel& model, const NetworkGraph& graph, std::size_t node);

/// A model and the graph it was built from, followed in double precision: sums over codes are exact
/// integers, then scale, bias and batch norm one operation after the other.
class TorchCodeTracer : public CodeTracer {
 public:
  TorchCodeTracer(NetworkGraph graph, std::unique_ptr<GraphModel> model, torch::Device device);
  [[nodiscard]] Result<CodeTrace> trace(std::span<const std::int32_t> codes, std::int64_t samples,
                                        const Shape& shape) override;

 private:
  struct Quantized;
  [[nodiscard]] torch::Tensor exactNode(std::size_t node,
                                        const std::vector<torch::Tensor>& values) const;
  [[nodiscard]] Quantized quantized(const GraphStep& step, const torch::Tensor& x) const;
  [[nodiscard]] torch::Tensor sums(std::size_t node, const torch::Tensor& x) const;

  NetworkGraph graph_;
  std::unique_ptr<GraphModel> model_;
  torch::Device device_;
};

/// The integers of a quantized model and what they stand for.
[[nodiscard]] TrainedNetwork trainedNetworkOf(const NetworkSpec& network, const NetworkGraph& graph,
                                              const GraphModel& model);

}  // namespace a2q
