// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>
#include <set>

#include "core/network/graph.h"
#include "core/network/quant_plan.h"
#include "hw_backend/design/design_builder.h"

namespace a2q {
namespace {

constexpr IntegerFormat kPixel{{8}, Signedness::kUnsigned};

/// The node of the graph after the other, as lowering does.
class FromSpec {
 public:
  FromSpec(const NetworkSpec& network, const NetworkGraph& graph, const QuantPlan& plan)
      : network_(network), graph_(graph), builder_(network.name) {
    for (const WeightPlan& weights : plan.weights) weights_[weights.node] = &weights;
    for (const ActivationPlan& activation : plan.activations) {
      activations_[activation.node] = &activation;
    }
  }

  Result<DesignNetwork> build() {
    for (at_ = 0; at_ < graph_.nodes.size(); ++at_) {
      auto value = std::visit(*this, layer().kind);
      if (!value) return forward(std::move(value));
      values_.push_back(*value);
    }
    return builder_.finish();
  }

  Result<DesignValue> operator()(const InputLayer& layer) {
    return builder_.source(name(), node().output, layer.format);
  }
  Result<DesignValue> operator()(const ConvLayer& conv) {
    return dot({conv.kernel, conv.stride, conv.padding, conv.groups, {}, {}, {}});
  }
  Result<DesignValue> operator()(const LinearLayer& /*linear*/) {
    return dot({{input().shape.height, input().shape.width}, {1, 1}, {0, 0}, 1, {}, {}, {}});
  }
  Result<DesignValue> operator()(const BatchNormLayer& /*norm*/) { return input(); }
  Result<DesignValue> operator()(const ActivationLayer& /*activation*/) {
    if (early_.contains(at_)) return input();
    return builder_.thresholds(name(), input(), activations_.at(at_)->format);
  }
  Result<DesignValue> operator()(const PoolLayer& pool) {
    const bool global = pool.kernel == Extent{0, 0};
    const Extent kernel = global ? Extent{input().shape.height, input().shape.width} : pool.kernel;
    return builder_.pool(
        name(), input(), node().output,
        {kernel, global ? kernel : pool.stride, pool.padding, pool.kind == PoolKind::kAverage});
  }
  Result<DesignValue> operator()(const AddLayer& /*add*/) { return builder_.add(name(), inputs()); }
  Result<DesignValue> operator()(const ConcatLayer& /*concat*/) {
    return builder_.concat(name(), inputs());
  }
  Result<DesignValue> operator()(const ResizeLayer& resize) {
    return builder_.upsample(name(), input(), resize.factor);
  }
  Result<DesignValue> operator()(const PixelShuffleLayer& shuffle) {
    return builder_.shuffle(name(), quantizedInput(), shuffle.factor);
  }
  Result<DesignValue> operator()(const FlattenLayer& /*flatten*/) {
    return DesignBuilder::flat(input());
  }
  /// Scores are the host's; an image that is not quantized yet becomes 8-bit codes.
  Result<DesignValue> operator()(const OutputLayer& /*output*/) {
    if (early_.contains(at_)) return input();
    const bool is_image = input().shape.height * input().shape.width > 1;
    const bool is_sum =
        graph_.nodes[node().inputs.front()].inputs.size() == 1 && givesSums(node().inputs.front());
    if (is_image && is_sum) return builder_.thresholds(name(), input(), kPixel);
    return input();
  }

 private:
  [[nodiscard]] const GraphNode& node() const { return graph_.nodes[at_]; }
  [[nodiscard]] const LayerSpec& layer() const { return network_.layers[node().layer]; }
  [[nodiscard]] const std::string& name() const { return layer().name; }
  [[nodiscard]] const DesignValue& input() const { return values_[node().inputs.front()]; }
  [[nodiscard]] std::vector<DesignValue> inputs() const {
    std::vector<DesignValue> found;
    for (const std::size_t i : node().inputs) found.push_back(values_[i]);
    return found;
  }
  [[nodiscard]] bool givesSums(std::size_t at) const {
    const LayerSpec& spec = network_.layers[graph_.nodes[at].layer];
    return hasWeights(spec) || std::holds_alternative<BatchNormLayer>(spec.kind);
  }
  /// Sums in front of a shuffle, which mixes channels, are quantized before it as what reads it
  /// says.
  DesignValue quantizedInput() {
    if (!givesSums(node().inputs.front())) return input();
    for (std::size_t reader = at_ + 1; reader < graph_.nodes.size(); ++reader) {
      if (graph_.nodes[reader].inputs.front() != at_) continue;
      early_.insert(reader);
      const auto activation = activations_.find(reader);
      return builder_.thresholds(
          name(), input(), activation == activations_.end() ? kPixel : activation->second->format);
    }
    return input();
  }
  Result<DesignValue> dot(DesignBuilder::Dot dot) {
    const WeightPlan& plan = *weights_.at(at_);
    dot.weights = plan.weight_bits;
    dot.choice.data_type = dataTypeBound(plan.k, plan.weight_bits, plan.input_format);
    if (plan.rule) dot.choice.target = plan.accumulator;
    dot.range = rangeOf(IntegerFormat{dot.choice.data_type, Signedness::kSigned});
    return builder_.dot(name(), input(), node().output, dot);
  }

  const NetworkSpec& network_;
  const NetworkGraph& graph_;
  DesignBuilder builder_;
  std::map<std::size_t, const WeightPlan*> weights_;
  std::map<std::size_t, const ActivationPlan*> activations_;
  std::vector<DesignValue> values_;
  std::set<std::size_t> early_;  ///< activations whose thresholds stand before a shuffle
  std::size_t at_ = 0;
};

}  // namespace

Result<DesignNetwork> designNetwork(const Experiment& experiment) {
  if (experiment.quant.method == QuantMethod::kFloat) {
    return fail(ErrorCode::kNotLowered, "a float network has no hardware design",
                "its weights and activations are not integers",
                "Set quant.method to qat, a2q or a2q+.");
  }
  auto graph = inferShapes(experiment.network);
  if (!graph) return forward(std::move(graph));
  auto plan = planQuantization(experiment.network, *graph, experiment.quant);
  if (!plan) return forward(std::move(plan));
  return FromSpec(experiment.network, *graph, *plan).build();
}

}  // namespace a2q
