// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/graph_order.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <queue>

#include "core/network/layer_names.h"

namespace a2q {
namespace {

using Edges = std::vector<std::vector<std::size_t>>;

Edges reversed(const Edges& inputs) {
  Edges outputs(inputs.size());
  for (std::size_t layer = 0; layer < inputs.size(); ++layer) {
    for (const std::size_t input : inputs[layer]) outputs[input].push_back(layer);
  }
  return outputs;
}

/// Kahn's algorithm that always takes the first ready layer of the file; shorter than the network
/// when there is a cycle.
std::vector<std::size_t> stableOrder(const Edges& inputs) {
  const Edges outputs = reversed(inputs);
  std::vector<std::size_t> waiting(inputs.size());
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
  for (std::size_t layer = 0; layer < inputs.size(); ++layer) {
    waiting[layer] = inputs[layer].size();
    if (waiting[layer] == 0) ready.push(layer);
  }
  std::vector<std::size_t> order;
  while (!ready.empty()) {
    const std::size_t layer = ready.top();
    ready.pop();
    order.push_back(layer);
    for (const std::size_t next : outputs[layer]) {
      if (--waiting[next] == 0) ready.push(next);
    }
  }
  return order;
}

/// Some cycle among the layers that the order left out, along the flow of data, from the layer
/// that stands first in the file. Each of them has an input among them, so walking up must end
/// where it has been.
std::vector<std::size_t> findCycle(const Edges& inputs, const std::vector<std::size_t>& order) {
  std::vector<bool> left(inputs.size(), true);
  for (const std::size_t layer : order) left[layer] = false;
  std::vector<std::size_t> path;
  std::vector<bool> seen(inputs.size(), false);
  std::size_t layer =
      static_cast<std::size_t>(std::find(left.begin(), left.end(), true) - left.begin());
  while (!seen[layer]) {
    seen[layer] = true;
    path.push_back(layer);
    layer = *std::find_if(inputs[layer].begin(), inputs[layer].end(),
                          [&](std::size_t input) { return left[input]; });
  }
  path.erase(path.begin(), std::find(path.begin(), path.end(), layer));
  std::reverse(path.begin(), path.end());
  std::rotate(path.begin(), std::min_element(path.begin(), path.end()), path.end());
  return path;
}

tl::unexpected<SpecFault> cycleFault(const NetworkSpec& network,
                                     const std::vector<std::size_t>& cycle) {
  constexpr std::size_t kMostShown = 32;
  std::string text;
  for (std::size_t i = 0; i < std::min(cycle.size(), kMostShown); ++i) {
    text += network.layers[cycle[i]].name + " → ";
  }
  if (cycle.size() > kMostShown) text += fmt::format("… {} more … → ", cycle.size() - kMostShown);
  text += network.layers[cycle.front()].name;
  return faultAt(cycle.front(),
                 makeError(ErrorCode::kGraphCycle, "the network has a cycle: " + text,
                           "each of these layers waits for the one before it"));
}

Checked<std::vector<std::size_t>> inputsOf(const NetworkSpec& network, std::size_t index,
                                           const LayerNames& names) {
  const LayerSpec& layer = network.layers[index];
  std::vector<std::size_t> inputs;
  for (const std::string& input : layer.inputs) {
    const auto found = names.find(input);
    if (!found) {
      return faultAt(index, makeError(ErrorCode::kGraphReference,
                                      fmt::format("layer {} takes its input from {}, which is not "
                                                  "in the network",
                                                  inQuotes(layer.name), inQuotes(input)),
                                      {}, names.suggest(input)));
    }
    if (std::holds_alternative<OutputLayer>(network.layers[*found].kind)) {
      return faultAt(index, makeError(ErrorCode::kGraphReference,
                                      fmt::format("layer {} takes its input from {}, the output",
                                                  inQuotes(layer.name), inQuotes(input)),
                                      {}, "Name the layer that feeds the output instead."));
    }
    inputs.push_back(*found);
  }
  return inputs;
}

/// Every layer must reach the output: one that does not would be trained and built for nothing.
Checked<void> checkReach(const NetworkSpec& network, const LayerOrder& sound) {
  std::vector<bool> reaches(network.layers.size(), false);
  for (auto layer = sound.order.rbegin(); layer != sound.order.rend(); ++layer) {
    if (std::holds_alternative<OutputLayer>(network.layers[*layer].kind)) reaches[*layer] = true;
    if (!reaches[*layer]) {
      return faultAt(*layer, makeError(ErrorCode::kSpecValue,
                                       fmt::format("layer {} does not reach the output",
                                                   inQuotes(network.layers[*layer].name)),
                                       {}, "Connect it to a layer behind it, or remove it."));
    }
    for (const std::size_t input : sound.inputs[*layer]) reaches[input] = true;
  }
  return {};
}

}  // namespace

Checked<LayerOrder> orderLayers(const NetworkSpec& network) {
  const auto names = LayerNames::check(network);
  if (!names) return tl::make_unexpected(names.error());
  if (auto status = checkArities(network); !status) return tl::make_unexpected(status.error());
  LayerOrder sound;
  for (std::size_t layer = 0; layer < network.layers.size(); ++layer) {
    auto inputs = inputsOf(network, layer, *names);
    if (!inputs) return tl::make_unexpected(std::move(inputs).error());
    sound.inputs.push_back(std::move(*inputs));
  }
  if (auto status = checkShares(network, *names); !status) {
    return tl::make_unexpected(status.error());
  }
  sound.order = stableOrder(sound.inputs);
  if (sound.order.size() != network.layers.size()) {
    return cycleFault(network, findCycle(sound.inputs, sound.order));
  }
  if (auto status = checkReach(network, sound); !status) {
    return tl::make_unexpected(status.error());
  }
  return sound;
}

}  // namespace a2q
