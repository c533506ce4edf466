// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/parameter_slots.h"

namespace a2q {

std::vector<ParameterSlot> parameterSlots(const NetworkSpec& network, const NetworkGraph& graph) {
  std::vector<ParameterSlot> slots;
  for (const GraphNode& node : graph.nodes) {
    const LayerSpec& layer = network.layers[node.layer];
    const auto add = [&](ParameterRole role, const char* suffix, std::vector<std::int64_t> shape) {
      slots.push_back({layer.name, role, layer.name + suffix, std::move(shape)});
    };
    const std::int64_t channels = node.output.channels;
    if (const auto* conv = std::get_if<ConvLayer>(&layer.kind)) {
      const std::int64_t inputs = graph.nodes[node.inputs.front()].output.channels;
      add(ParameterRole::kWeights, ".v",
          {channels, inputs / conv->groups, conv->kernel.height, conv->kernel.width});
      if (conv->bias) add(ParameterRole::kBias, ".bias", {channels});
    } else if (const auto* linear = std::get_if<LinearLayer>(&layer.kind)) {
      add(ParameterRole::kWeights, ".v",
          {channels, graph.nodes[node.inputs.front()].output.size()});
      if (linear->bias) add(ParameterRole::kBias, ".bias", {channels});
    } else if (std::holds_alternative<BatchNormLayer>(layer.kind)) {
      add(ParameterRole::kGamma, ".gamma", {channels});
      add(ParameterRole::kBeta, ".beta", {channels});
      add(ParameterRole::kMean, ".running_mean", {channels});
      add(ParameterRole::kVariance, ".running_var", {channels});
    }
  }
  return slots;
}

}  // namespace a2q
