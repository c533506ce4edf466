// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/network/graph.h"
#include "core/network/quant_plan.h"
#include "core/network/spec_fault.h"

namespace a2q {
namespace {

/// Where the layer stands; the error names the nearest layer there is.
Result<std::size_t> find(const NetworkSpec& network, std::string_view name) {
  for (std::size_t index = 0; index < network.layers.size(); ++index) {
    if (network.layers[index].name == name) return index;
  }
  std::vector<std::string_view> names;
  names.reserve(network.layers.size());
  for (const LayerSpec& layer : network.layers) names.emplace_back(layer.name);
  return fail(ErrorCode::kGraphReference,
              fmt::format("there is no layer {} in the network", inQuotes(name)), {},
              didYouMean(name, names) + "Name a layer of the network.");
}

Result<Experiment> sound(Experiment experiment) {
  if (auto status = checkSound(experiment); !status) return forward(std::move(status));
  return experiment;
}

/// The layers that take the result of a layer, one entry for each time they do.
std::vector<std::string> consumersOf(const NetworkSpec& network, std::string_view name) {
  std::vector<std::string> consumers;
  for (const LayerSpec& layer : network.layers) {
    const auto times = std::count(layer.inputs.begin(), layer.inputs.end(), name);
    consumers.insert(consumers.end(), static_cast<std::size_t>(times), layer.name);
  }
  return consumers;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + inQuotes(name);
  return text;
}

std::vector<std::string> sharersOf(const NetworkSpec& network, std::string_view owner) {
  std::vector<std::string> sharers;
  for (const LayerSpec& layer : network.layers) {
    const auto* activation = std::get_if<ActivationLayer>(&layer.kind);
    if (activation != nullptr && activation->share == owner) sharers.push_back(layer.name);
  }
  return sharers;
}

/// The activation that owns the scale of this one.
std::string ownerOf(const LayerSpec& layer) {
  const auto& activation = std::get<ActivationLayer>(layer.kind);
  return activation.share.empty() ? layer.name : activation.share;
}

/// Gives the sign of a layer to every activation of the same scale.
void spreadSign(NetworkSpec& network, std::size_t index) {
  const std::string owner = ownerOf(network.layers[index]);
  const Signedness sign = std::get<ActivationLayer>(network.layers[index].kind).sign;
  for (LayerSpec& layer : network.layers) {
    auto* activation = std::get_if<ActivationLayer>(&layer.kind);
    if (activation != nullptr && ownerOf(layer) == owner) activation->sign = sign;
  }
}

Status checkRemovable(const NetworkSpec& network, const LayerSpec& layer) {
  const std::string who = fmt::format("layer {} ({})", inQuotes(layer.name), kindName(layer.kind));
  if (std::holds_alternative<InputLayer>(layer.kind) ||
      std::holds_alternative<OutputLayer>(layer.kind)) {
    return fail(ErrorCode::kSpecValue, who + " cannot be removed",
                "a network has one input and one output", "Remove a layer between them.");
  }
  if (layer.inputs.size() != 1) {
    return fail(ErrorCode::kSpecValue, who + " cannot be removed",
                fmt::format("it joins {} branches, and none of them could take its place",
                            layer.inputs.size()),
                "Edit the branches in the text of the specification.");
  }
  if (const auto sharers = sharersOf(network, layer.name); !sharers.empty()) {
    return fail(ErrorCode::kSpecValue, who + " cannot be removed",
                "its scale is shared by " + joined(sharers),
                "Let them share another activation first, or own a scale.");
  }
  return {};
}

}  // namespace

Status checkSound(const Experiment& experiment) {
  const auto graph = inferShapes(experiment.network);
  if (!graph) return tl::make_unexpected(graph.error());
  const auto plan = planQuantization(experiment.network, *graph, experiment.quant);
  if (!plan) return tl::make_unexpected(plan.error());
  return {};
}

EdgeRole edgeRoleOf(const NetworkSpec& network, std::string_view name) {
  const auto graph = inferShapes(network);
  if (!graph) return EdgeRole::kHidden;
  std::vector<std::string_view> weighted;
  for (const GraphNode& node : graph->nodes) {
    const LayerSpec& layer = network.layers[node.layer];
    if (hasWeights(layer)) weighted.emplace_back(layer.name);
  }
  if (weighted.empty()) return EdgeRole::kHidden;
  if (weighted.front() == name) return EdgeRole::kFirst;
  return weighted.back() == name ? EdgeRole::kLast : EdgeRole::kHidden;
}

Result<LayerSettings> settingsOf(const Experiment& experiment, std::string_view name) {
  const auto index = find(experiment.network, name);
  if (!index) return tl::make_unexpected(index.error());
  LayerSettings settings{experiment.network.layers[*index].kind, {}, {}};
  const auto change = experiment.quant.layers.find(std::string(name));
  if (change != experiment.quant.layers.end()) settings.change = change->second;
  const EdgeRole role = edgeRoleOf(experiment.network, name);
  if (role == EdgeRole::kFirst) settings.edge = experiment.quant.first;
  if (role == EdgeRole::kLast) settings.edge = experiment.quant.last;
  return settings;
}

Result<Experiment> setLayer(const Experiment& experiment, std::string_view name,
                            const LayerSettings& settings) {
  const auto index = find(experiment.network, name);
  if (!index) return tl::make_unexpected(index.error());
  Experiment edited = experiment;
  LayerSpec& layer = edited.network.layers[*index];
  layer.kind = settings.kind;
  if (std::holds_alternative<ActivationLayer>(layer.kind)) spreadSign(edited.network, *index);
  if (settings.change == QuantOverride{}) {
    edited.quant.layers.erase(layer.name);
  } else {
    edited.quant.layers[layer.name] = settings.change;
  }
  const EdgeRole role = edgeRoleOf(edited.network, name);
  if (settings.edge && role == EdgeRole::kFirst) edited.quant.first = *settings.edge;
  if (settings.edge && role == EdgeRole::kLast) edited.quant.last = *settings.edge;
  return sound(std::move(edited));
}

Result<Experiment> renameLayer(const Experiment& experiment, std::string_view name,
                               const std::string& new_name) {
  const auto index = find(experiment.network, name);
  if (!index) return tl::make_unexpected(index.error());
  if (name == new_name) return experiment;
  const std::string old_name(name);  // `name` may point into what changes
  for (const LayerSpec& layer : experiment.network.layers) {
    if (layer.name != new_name) continue;
    return fail(ErrorCode::kSpecValue, fmt::format("two layers are named {}", inQuotes(new_name)),
                {}, "Give each layer a name of its own.");
  }
  Experiment edited = experiment;
  edited.network.layers[*index].name = new_name;
  for (LayerSpec& layer : edited.network.layers) {
    std::replace(layer.inputs.begin(), layer.inputs.end(), old_name, new_name);
    auto* activation = std::get_if<ActivationLayer>(&layer.kind);
    if (activation != nullptr && activation->share == old_name) activation->share = new_name;
  }
  if (auto change = edited.quant.layers.extract(old_name); !change.empty()) {
    change.key() = new_name;
    edited.quant.layers.insert(std::move(change));
  }
  return sound(std::move(edited));
}

Result<Experiment> removeLayer(const Experiment& experiment, std::string_view name) {
  const auto index = find(experiment.network, name);
  if (!index) return tl::make_unexpected(index.error());
  const LayerSpec removed = experiment.network.layers[*index];
  auto status = checkRemovable(experiment.network, removed);
  if (!status) return forward(std::move(status));
  Experiment edited = experiment;
  auto& layers = edited.network.layers;
  layers.erase(layers.begin() + static_cast<std::ptrdiff_t>(*index));
  for (LayerSpec& layer : layers) {
    std::replace(layer.inputs.begin(), layer.inputs.end(), removed.name, removed.inputs.front());
  }
  for (const LayerSpec& layer : layers) {
    if (std::count(layer.inputs.begin(), layer.inputs.end(), removed.inputs.front()) < 2) continue;
    return fail(ErrorCode::kSpecValue,
                fmt::format("layer {} cannot be removed", inQuotes(removed.name)),
                fmt::format("layer {} would take {} twice", inQuotes(layer.name),
                            inQuotes(removed.inputs.front())),
                "Edit the branch in the text of the specification.");
  }
  edited.quant.layers.erase(removed.name);
  return sound(std::move(edited));
}

Result<Experiment> insertAfter(const Experiment& experiment, std::string_view name,
                               const std::vector<NewLayer>& chain) {
  const auto index = find(experiment.network, name);
  if (!index) return tl::make_unexpected(index.error());
  const auto consumers = consumersOf(experiment.network, name);
  if (consumers.size() != 1) {
    return fail(ErrorCode::kSpecValue,
                fmt::format("nothing can be inserted behind layer {}", inQuotes(name)),
                consumers.empty() ? std::string("it is the end of the network")
                                  : "its result goes to " + joined(consumers),
                consumers.empty() ? "Insert behind the layer that feeds it."
                                  : "Insert in front of one of them, or edit the text.");
  }
  if (chain.empty()) return experiment;
  Experiment edited = experiment;
  auto& layers = edited.network.layers;
  const std::string from(name);
  for (LayerSpec& layer : layers) {
    std::replace(layer.inputs.begin(), layer.inputs.end(), from, chain.back().name);
  }
  std::vector<LayerSpec> added;
  added.reserve(chain.size());
  for (const NewLayer& layer : chain) {
    added.push_back({layer.name, layer.kind, {added.empty() ? from : added.back().name}});
  }
  layers.insert(layers.begin() + static_cast<std::ptrdiff_t>(*index) + 1, added.begin(),
                added.end());
  return sound(std::move(edited));
}

std::string freeLayerName(const NetworkSpec& network, std::string_view stem) {
  for (std::size_t number = 1;; ++number) {
    std::string name = fmt::format("{}{}", stem, number);
    const bool taken = std::any_of(network.layers.begin(), network.layers.end(),
                                   [&](const LayerSpec& layer) { return layer.name == name; });
    if (!taken) return name;
  }
}

}  // namespace a2q
