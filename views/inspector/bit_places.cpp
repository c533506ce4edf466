// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inspector/bit_places.h"

#include <algorithm>

#include "core/network/code_ranges.h"

namespace a2q::views {
namespace {

const char* wordOf(Knob knob) {
  switch (knob) {
    case Knob::kAccumulator: return "accumulator_bits";
    case Knob::kWeights: return "weight_bits";
    case Knob::kActivations: return "activation_bits";
  }
  return "";
}

std::optional<BitWidth>& bitsOf(QuantOverride& change, Knob knob) {
  if (knob == Knob::kAccumulator) return change.accumulator_bits;
  return knob == Knob::kWeights ? change.weight_bits : change.activation_bits;
}

std::optional<BitWidth> bitsOf(const QuantOverride* change, Knob knob) {
  if (change == nullptr) return std::nullopt;
  QuantOverride copy = *change;
  return bitsOf(copy, knob);
}

BitWidth& bitsOf(QuantSpec& quant, Knob knob) {
  if (knob == Knob::kAccumulator) return quant.accumulator_bits;
  return knob == Knob::kWeights ? quant.weight_bits : quant.activation_bits;
}

void setBits(EdgePolicy& policy, Knob knob, std::optional<BitWidth> bits) {
  if (knob == Knob::kAccumulator) policy.accumulator_bits = bits;
  if (knob == Knob::kWeights && bits) policy.weight_bits = *bits;
  if (knob == Knob::kActivations && bits) policy.activation_bits = *bits;
}

std::optional<BitWidth> bitsOf(const EdgePolicy& policy, Knob knob) {
  if (knob == Knob::kAccumulator) return policy.accumulator_bits;
  return knob == Knob::kWeights ? policy.weight_bits : policy.activation_bits;
}

bool isActivation(const LayerSpec& layer) {
  return std::holds_alternative<ActivationLayer>(layer.kind);
}

}  // namespace

std::string BitPlace::key(Knob knob) const {
  const std::string word = wordOf(knob);
  switch (table) {
    case Table::kDefault: return "quant." + word;
    case Table::kFirst: return "quant.first." + word;
    case Table::kLast: return "quant.last." + word;
    case Table::kOverride: return "quant.layers." + layer + "." + word;
  }
  return {};
}

BitPlaces::BitPlaces(const Experiment& experiment, const NetworkGraph& graph)
    : experiment_(experiment), graph_(graph) {
  for (std::size_t node = 0; node < graph.nodes.size(); ++node) {
    if (!hasWeights(spec(node))) continue;
    if (!first_) first_ = node;
    last_ = node;
  }
}

const LayerSpec& BitPlaces::spec(std::size_t node) const {
  return experiment_.network.layers[graph_.nodes[node].layer];
}

std::optional<std::size_t> BitPlaces::nodeOf(const std::string& layer) const {
  for (std::size_t node = 0; node < graph_.nodes.size(); ++node) {
    if (spec(node).name == layer) return node;
  }
  return std::nullopt;
}

const QuantOverride* BitPlaces::overrideOf(const std::string& layer) const {
  const auto found = experiment_.quant.layers.find(layer);
  return found == experiment_.quant.layers.end() ? nullptr : &found->second;
}

BitPlace BitPlaces::weightPlace(std::size_t node, Knob knob) const {
  const std::string& name = spec(node).name;
  const QuantOverride* change = overrideOf(name);
  if (bitsOf(change, knob)) return {BitPlace::Table::kOverride, name, {}};
  if (node == first_) return {BitPlace::Table::kFirst, {}, {}};
  if (node == last_) return {BitPlace::Table::kLast, {}, {}};
  QuantSpec defaults = experiment_.quant;
  std::optional<BitWidth> inherited = bitsOf(defaults, knob);
  // A hidden layer that is QAT by exception keeps no P of the network.
  const bool is_exception = change != nullptr && change->method == QuantMethod::kQat &&
                            experiment_.quant.method != QuantMethod::kQat;
  if (knob == Knob::kAccumulator && is_exception) inherited.reset();
  return {BitPlace::Table::kOverride, name, inherited};
}

/// The bits stand with the owner of the scale; they follow the policy of the last layer when any
/// activation of that scale feeds it.
BitPlace BitPlaces::activationPlace(std::size_t node) const {
  const auto owner_of = [&](std::size_t activation) -> const std::string& {
    const std::string& share = std::get<ActivationLayer>(spec(activation).kind).share;
    return share.empty() ? spec(activation).name : share;
  };
  const std::string& owner = owner_of(node);
  if (bitsOf(overrideOf(owner), Knob::kActivations)) {
    return {BitPlace::Table::kOverride, owner, {}};
  }
  const auto before_last = quantizersBefore(experiment_.network, graph_, *last_);
  const bool feeds_last =
      std::ranges::any_of(before_last, [&](std::size_t other) { return owner_of(other) == owner; });
  if (feeds_last) return {BitPlace::Table::kLast, {}, {}};
  return {BitPlace::Table::kOverride, owner, experiment_.quant.activation_bits};
}

std::vector<BitPlace> BitPlaces::places(const std::string& layer, Knob knob) const {
  if (layer.empty()) return {BitPlace{}};
  const auto node = nodeOf(layer);
  if (!node || !last_) return {};
  if (isActivation(spec(*node))) {
    if (knob != Knob::kActivations) return {};
    return {activationPlace(*node)};
  }
  if (!hasWeights(spec(*node))) return {};
  if (knob != Knob::kActivations) return {weightPlace(*node, knob)};
  std::vector<BitPlace> out;
  for (const std::size_t before : quantizersBefore(experiment_.network, graph_, *node)) {
    BitPlace place = activationPlace(before);
    const bool known = std::ranges::any_of(
        out, [&](const BitPlace& other) { return other.key(knob) == place.key(knob); });
    if (!known) out.push_back(std::move(place));
  }
  return out;
}

std::optional<BitWidth> BitPlaces::read(const BitPlace& place, Knob knob) const {
  switch (place.table) {
    case BitPlace::Table::kDefault: {
      QuantSpec quant = experiment_.quant;
      return bitsOf(quant, knob);
    }
    case BitPlace::Table::kFirst: return bitsOf(experiment_.quant.first, knob);
    case BitPlace::Table::kLast: return bitsOf(experiment_.quant.last, knob);
    case BitPlace::Table::kOverride: break;
  }
  const auto own = bitsOf(overrideOf(place.layer), knob);
  return own ? own : place.inherited;
}

bool BitPlaces::mayBeFree(const BitPlace& place, Knob knob) {
  const bool is_edge =
      place.table == BitPlace::Table::kFirst || place.table == BitPlace::Table::kLast;
  return knob == Knob::kAccumulator && is_edge;
}

QuantSpec BitPlaces::with(const std::string& layer, Knob knob, std::optional<BitWidth> bits) const {
  QuantSpec quant = experiment_.quant;
  for (const BitPlace& place : places(layer, knob)) {
    switch (place.table) {
      case BitPlace::Table::kDefault:
        if (bits) bitsOf(quant, knob) = *bits;
        break;
      case BitPlace::Table::kFirst: setBits(quant.first, knob, bits); break;
      case BitPlace::Table::kLast: setBits(quant.last, knob, bits); break;
      case BitPlace::Table::kOverride:
        if (bits) bitsOf(quant.layers[place.layer], knob) = bits;
        break;
    }
  }
  return quant;
}

}  // namespace a2q::views
