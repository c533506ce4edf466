// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/design_builder.h"

namespace a2q {
namespace {

/// One IntegerNode after the other.
class FromIntegers {
 public:
  explicit FromIntegers(const IntegerNetwork& network)
      : network_(network), builder_(network.name) {}

  Result<DesignNetwork> build() {
    for (const IntegerNode& node : network_.nodes) {
      node_ = &node;
      auto value = std::visit(*this, node.operation);
      if (!value) return forward(std::move(value));
      if (hasBlock(node.operation)) builder_.computes(*value, values_.size());
      values_.push_back(*value);
    }
    auto out = builder_.finish();
    if (out) out->trained = true;
    return out;
  }

  Result<DesignValue> operator()(const CodeInput& input) {
    return builder_.source(node_->name, node_->output, input.layer.format);
  }
  Result<DesignValue> operator()(const DotProduct& dot) {
    const LayerBound bound = layerBound(dot.weights);
    AccumulatorChoice choice{bound.data_type_bound, bound.smallest, {}};
    if (bound.rule) choice.target = bound.accumulator;
    return builder_.dot(node_->name, input(), node_->output,
                        {dot.kernel, dot.stride, dot.padding, dot.groups, dot.weights.weight_bits,
                         node_->range, choice});
  }
  Result<DesignValue> operator()(const Thresholds& thresholds) {
    return builder_.thresholds(node_->name, input(), thresholds.format, thresholds.values);
  }
  Result<DesignValue> operator()(const Pool& pool) {
    return builder_.pool(
        node_->name, input(), node_->output,
        {pool.kernel, pool.stride, pool.padding, pool.operation == PoolOperation::kSum});
  }
  Result<DesignValue> operator()(const Sum& /*sum*/) { return builder_.add(node_->name, inputs()); }
  Result<DesignValue> operator()(const Concat& /*concat*/) {
    return builder_.concat(node_->name, inputs());
  }
  Result<DesignValue> operator()(const Resize& resize) {
    return builder_.upsample(node_->name, input(), resize.factor);
  }
  Result<DesignValue> operator()(const PixelShuffle& shuffle) {
    return builder_.shuffle(node_->name, input(), shuffle.factor);
  }
  Result<DesignValue> operator()(const Flatten& /*flatten*/) {
    return DesignBuilder::flat(input());
  }
  Result<DesignValue> operator()(const Scores& /*scores*/) { return input(); }

 private:
  /// Whether an operation is work of its own, not just another view of the stream.
  static bool hasBlock(const IntegerOperation& operation) {
    return !std::holds_alternative<Flatten>(operation) &&
           !std::holds_alternative<Scores>(operation);
  }
  [[nodiscard]] const DesignValue& input() const { return values_[node_->inputs.front()]; }
  [[nodiscard]] std::vector<DesignValue> inputs() const {
    std::vector<DesignValue> found;
    for (const std::size_t i : node_->inputs) found.push_back(values_[i]);
    return found;
  }

  const IntegerNetwork& network_;
  DesignBuilder builder_;
  std::vector<DesignValue> values_;
  const IntegerNode* node_ = nullptr;
};

}  // namespace

Result<DesignNetwork> designNetwork(const IntegerNetwork& network) {
  return FromIntegers(network).build();
}

}  // namespace a2q
