// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/graph.h"

#include "core/network/graph_order.h"
#include "core/network/layer_shapes.h"
#include "core/network/spec_fault.h"

namespace a2q {
namespace {

/// Infers every shape in running order. With `resolved`, the same network, "depthwise" is
/// replaced in it by the number of input channels as soon as that is known.
Checked<NetworkGraph> inferAll(const NetworkSpec& network, NetworkSpec* resolved) {
  auto sound = orderLayers(network);
  if (!sound) return tl::make_unexpected(std::move(sound).error());
  NetworkGraph graph;
  std::vector<std::size_t> position(network.layers.size());
  for (const std::size_t index : sound->order) {
    GraphNode node{index, {}, {}};
    std::vector<Shape> inputs;
    for (const std::size_t input : sound->inputs[index]) {
      node.inputs.push_back(position[input]);
      inputs.push_back(graph.nodes[position[input]].output);
    }
    const LayerSpec* layer = &network.layers[index];
    if (resolved != nullptr) {
      layer = &resolved->layers[index];
      auto* conv = std::get_if<ConvLayer>(&resolved->layers[index].kind);
      if (conv != nullptr && conv->groups == kDepthwiseGroups) conv->groups = inputs[0].channels;
    }
    auto shape = outputShape(*layer, inputs);
    if (!shape) return faultAt(index, std::move(shape).error());
    node.output = *shape;
    position[index] = graph.nodes.size();
    graph.nodes.push_back(std::move(node));
  }
  return graph;
}

}  // namespace

Checked<NetworkGraph> resolveGraph(NetworkSpec& network) { return inferAll(network, &network); }

Checked<NetworkGraph> checkGraph(const NetworkSpec& network) { return inferAll(network, nullptr); }

Result<NetworkGraph> inferShapes(const NetworkSpec& network) {
  return withoutPlace(checkGraph(network));
}

}  // namespace a2q
