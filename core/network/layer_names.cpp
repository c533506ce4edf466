// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/layer_names.h"

#include <fmt/format.h>

#include <algorithm>

namespace a2q {
namespace {

constexpr std::size_t kLongestName = 128;

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

bool isValidName(std::string_view name) {
  const auto inside = [](char c) {
    return isLetter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-';
  };
  return !name.empty() && name.size() <= kLongestName && isLetter(name.front()) &&
         std::all_of(name.begin(), name.end(), inside);
}

template <class Kind>
Checked<void> checkOnlyOne(const NetworkSpec& network, std::string_view word) {
  std::optional<std::size_t> first;
  for (std::size_t layer = 0; layer < network.layers.size(); ++layer) {
    if (!std::holds_alternative<Kind>(network.layers[layer].kind)) continue;
    if (first) {
      return faultAt(layer, makeError(ErrorCode::kSpecValue,
                                      fmt::format("the network has two {} layers, {} and {}", word,
                                                  inQuotes(network.layers[*first].name),
                                                  inQuotes(network.layers[layer].name)),
                                      {}, fmt::format("Keep one layer of kind \"{}\".", word)));
    }
    first = layer;
  }
  if (first) return {};
  return faultAt("layer",
                 makeError(ErrorCode::kSpecValue, fmt::format("the network has no {} layer", word),
                           {}, fmt::format("Add one layer of kind \"{}\".", word)));
}

struct Arity {
  std::size_t least = 1;
  std::size_t most = 1;
  std::string_view words = "one input";
};

Arity arityOf(const LayerKind& kind) {
  if (std::holds_alternative<InputLayer>(kind)) return {0, 0, "no input"};
  const bool joins =
      std::holds_alternative<AddLayer>(kind) || std::holds_alternative<ConcatLayer>(kind);
  if (joins) return {2, static_cast<std::size_t>(-1), "two or more inputs"};
  return {};
}

}  // namespace

Checked<LayerNames> LayerNames::check(const NetworkSpec& network) {
  LayerNames names;
  for (std::size_t layer = 0; layer < network.layers.size(); ++layer) {
    const std::string& name = network.layers[layer].name;
    if (!isValidName(name)) {
      return faultAt(layer, makeError(ErrorCode::kSpecValue,
                                      fmt::format("{} is no name for a layer", inQuotes(name)), {},
                                      "Begin with a letter or '_' and go on with letters, digits, "
                                      "'_', '.' or '-', 128 characters at most."));
    }
    if (!names.indices_.emplace(name, layer).second) {
      return faultAt(layer, makeError(ErrorCode::kSpecValue,
                                      fmt::format("two layers are named {}", inQuotes(name)), {},
                                      "Give each layer a name of its own."));
    }
  }
  return names;
}

std::optional<std::size_t> LayerNames::find(std::string_view name) const {
  const auto found = indices_.find(name);
  if (found == indices_.end()) return std::nullopt;
  return found->second;
}

std::string LayerNames::suggest(std::string_view name) const {
  std::vector<std::string_view> candidates;
  candidates.reserve(indices_.size());
  for (const auto& [candidate, layer] : indices_) candidates.emplace_back(candidate);
  return didYouMean(name, candidates) + "Name a layer that is defined in the same network.";
}

Checked<void> checkArities(const NetworkSpec& network) {
  if (auto status = checkOnlyOne<InputLayer>(network, "input"); !status) return status;
  if (auto status = checkOnlyOne<OutputLayer>(network, "output"); !status) return status;
  for (std::size_t index = 0; index < network.layers.size(); ++index) {
    const LayerSpec& layer = network.layers[index];
    const Arity arity = arityOf(layer.kind);
    if (layer.inputs.size() >= arity.least && layer.inputs.size() <= arity.most) continue;
    return faultAt(index,
                   makeError(ErrorCode::kSpecValue,
                             fmt::format("layer {} ({}) has {} input{}", inQuotes(layer.name),
                                         kindName(layer.kind), layer.inputs.size(),
                                         layer.inputs.size() == 1 ? "" : "s"),
                             fmt::format("a layer of this kind takes {}", arity.words),
                             "Change 'input' or 'inputs' of the layer."));
  }
  return {};
}

Checked<void> checkShares(const NetworkSpec& network, const LayerNames& names) {
  for (std::size_t index = 0; index < network.layers.size(); ++index) {
    const auto* layer = std::get_if<ActivationLayer>(&network.layers[index].kind);
    if (layer == nullptr || layer->share.empty()) continue;
    const std::string who =
        fmt::format("activation {} shares the scale of {}", inQuotes(network.layers[index].name),
                    inQuotes(layer->share));
    const auto owner = names.find(layer->share);
    if (!owner) {
      return faultAt(
          index, makeError(ErrorCode::kGraphReference, who + ", which is not in the network", {},
                           names.suggest(layer->share)));
    }
    const auto* other = std::get_if<ActivationLayer>(&network.layers[*owner].kind);
    if (other == nullptr || !other->share.empty() || *owner == index) {
      return faultAt(index, makeError(ErrorCode::kSpecValue, who,
                                      "'share' must name another activation layer, one that does "
                                      "not share itself",
                                      "Name the activation layer that owns the scale."));
    }
  }
  return {};
}

}  // namespace a2q
