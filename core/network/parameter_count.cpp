// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/parameter_count.h"

namespace a2q {

std::int64_t parameterCount(const LayerKind& kind, const Shape& input) {
  if (const auto* conv = std::get_if<ConvLayer>(&kind)) {
    const std::int64_t k = input.channels / conv->groups * conv->kernel.height * conv->kernel.width;
    return conv->filters * (k + (conv->bias ? 1 : 0));
  }
  if (const auto* linear = std::get_if<LinearLayer>(&kind)) {
    return linear->features * (input.size() + (linear->bias ? 1 : 0));
  }
  return std::holds_alternative<BatchNormLayer>(kind) ? 2 * input.channels : 0;
}

std::int64_t parameterCount(const NetworkSpec& network, const NetworkGraph& graph) {
  std::int64_t count = 0;
  for (const GraphNode& node : graph.nodes) {
    if (node.inputs.empty()) continue;
    count += parameterCount(network.layers[node.layer].kind, graph.nodes[node.inputs[0]].output);
  }
  return count;
}

}  // namespace a2q
