// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/code_ranges.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/network/spec_fault.h"

namespace a2q {
namespace {

/// Codes wider than this are of no use to a bounded accumulator, and int32 holds them.
constexpr int kWidestCode = 32;

class RangeRules {
 public:
  RangeRules(const NetworkSpec& network, const NetworkGraph& graph,
             const std::function<ActivationFormat(std::size_t)>& activation)
      : network_(network), graph_(graph), activation_(activation) {}

  std::vector<NodeCodes> follow() {
    for (std::size_t node = 0; node < graph_.nodes.size(); ++node) given_.push_back(codesOf(node));
    return std::move(given_);
  }

 private:
  [[nodiscard]] const LayerSpec& layer(std::size_t node) const {
    return network_.layers[graph_.nodes[node].layer];
  }
  [[nodiscard]] NodeCodes codesOf(std::size_t node) const;
  [[nodiscard]] NodeCodes pooled(std::size_t node, const PoolLayer& pool) const;
  [[nodiscard]] NodeCodes joined(std::size_t node) const;

  const NetworkSpec& network_;
  const NetworkGraph& graph_;
  const std::function<ActivationFormat(std::size_t)>& activation_;
  std::vector<NodeCodes> given_;
};

NodeCodes narrow(Codes codes, const std::string& name) {
  if (formatOf(codes.range).width.bits <= kWidestCode) return {codes, {}};
  return {{}, fmt::format("the codes of {} need more than {} bits", inQuotes(name), kWidestCode)};
}

NodeCodes RangeRules::pooled(std::size_t node, const PoolLayer& pool) const {
  NodeCodes result = given_[graph_.nodes[node].inputs[0]];
  if (pool.kind == PoolKind::kMax || !result.codes) return result;
  const Shape& in = graph_.nodes[graph_.nodes[node].inputs[0]].output;
  const bool global = pool.kernel == Extent{0, 0};
  const std::int64_t area = global ? in.height * in.width : pool.kernel.height * pool.kernel.width;
  // Codes have at most 32 bits and an area 31: the product fits, and narrow() judges it.
  result.codes->range.minimum *= area;
  result.codes->range.maximum *= area;
  NodeCodes checked = narrow(*result.codes, layer(node).name);
  if (checked.codes) checked.codes->divisor *= area;
  return checked;
}

NodeCodes RangeRules::joined(std::size_t node) const {
  const bool adds = std::holds_alternative<AddLayer>(layer(node).kind);
  NodeCodes result = given_[graph_.nodes[node].inputs[0]];
  for (std::size_t i = 1; i < graph_.nodes[node].inputs.size() && result.codes; ++i) {
    const NodeCodes& next = given_[graph_.nodes[node].inputs[i]];
    if (!next.codes) return next;
    Codes& sum = *result.codes;
    if (next.codes->owner != sum.owner || next.codes->divisor != sum.divisor) {
      return {{},
              fmt::format("the inputs of {} have different scales (see 'share')",
                          inQuotes(layer(node).name))};
    }
    const IntegerRange range = next.codes->range;
    sum.range.minimum =
        adds ? sum.range.minimum + range.minimum : std::min(sum.range.minimum, range.minimum);
    sum.range.maximum =
        adds ? sum.range.maximum + range.maximum : std::max(sum.range.maximum, range.maximum);
    result = narrow(sum, layer(node).name);
  }
  return result;
}

NodeCodes RangeRules::codesOf(std::size_t node) const {
  const LayerKind& kind = layer(node).kind;
  if (const auto* input = std::get_if<InputLayer>(&kind)) {
    return {Codes{rangeOf(input->format), node, 1}, {}};
  }
  if (std::holds_alternative<ActivationLayer>(kind)) {
    const ActivationFormat activation = activation_(node);
    return {Codes{rangeOf(activation.format), activation.owner, 1}, {}};
  }
  if (const auto* pool = std::get_if<PoolLayer>(&kind)) return pooled(node, *pool);
  if (graph_.nodes[node].inputs.size() > 1) return joined(node);
  if (hasWeights(layer(node)) || std::holds_alternative<BatchNormLayer>(kind)) {
    return {{},
            fmt::format("{} ({}) gives sums, not codes of N bits", inQuotes(layer(node).name),
                        kindName(kind))};
  }
  return given_[graph_.nodes[node].inputs[0]];
}

}  // namespace

std::vector<NodeCodes> codeRanges(const NetworkSpec& network, const NetworkGraph& graph,
                                  const std::function<ActivationFormat(std::size_t)>& activation) {
  return RangeRules(network, graph, activation).follow();
}

std::vector<std::size_t> quantizersBefore(const NetworkSpec& network, const NetworkGraph& graph,
                                          std::size_t node) {
  std::vector<std::size_t> found;
  std::vector<bool> seen(graph.nodes.size(), false);
  std::vector<std::size_t> open = graph.nodes[node].inputs;
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    if (seen[at]) continue;
    seen[at] = true;
    const LayerSpec& layer = network.layers[graph.nodes[at].layer];
    if (std::holds_alternative<ActivationLayer>(layer.kind)) {
      found.push_back(at);
    } else if (!hasWeights(layer) && !std::holds_alternative<BatchNormLayer>(layer.kind)) {
      open.insert(open.end(), graph.nodes[at].inputs.begin(), graph.nodes[at].inputs.end());
    }
  }
  return found;
}

IntegerFormat formatOf(IntegerRange range) {
  const Signedness sign = range.minimum < 0 ? Signedness::kSigned : Signedness::kUnsigned;
  IntegerFormat format{{1}, sign};
  while (format.minimum() > range.minimum || format.maximum() < range.maximum) ++format.width.bits;
  return format;
}

}  // namespace a2q
