// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/quant_checks.h"

#include <fmt/format.h>

#include <map>
#include <optional>

#include "core/network/quant_limits.h"

namespace a2q {
namespace {

Checked<void> within(const std::string& setting, std::string_view key, std::optional<BitWidth> bits,
                     BitLimits limits) {
  if (!bits || (bits->bits >= limits.least && bits->bits <= limits.most)) return {};
  return faultAt(
      setting,
      makeError(ErrorCode::kSpecValue, fmt::format("{}.{} is {}", setting, key, bits->bits),
                fmt::format("it must be between {} and {} bits", limits.least, limits.most)));
}

Checked<void> withinAll(const std::string& setting, std::optional<BitWidth> weights,
                        std::optional<BitWidth> activations, std::optional<BitWidth> accumulator) {
  if (auto s = within(setting, "weight_bits", weights, kWeightBits); !s) return s;
  if (auto s = within(setting, "activation_bits", activations, kActivationBits); !s) return s;
  return within(setting, "accumulator_bits", accumulator, kAccumulatorBits);
}

tl::unexpected<SpecFault> cannotTake(const std::string& setting, const LayerSpec& layer,
                                     std::string_view key, std::string_view takers) {
  return faultAt(setting, makeError(ErrorCode::kSpecValue,
                                    fmt::format("layer {} ({}) takes no '{}'", inQuotes(layer.name),
                                                kindName(layer.kind), key),
                                    fmt::format("only {} do", takers),
                                    fmt::format("Remove the key from [{}].", setting)));
}

Checked<void> checkOverride(const std::string& setting, const LayerSpec& layer,
                            const QuantOverride& change, const QuantSpec& quant) {
  const bool activates = std::holds_alternative<ActivationLayer>(layer.kind);
  if (change.activation_bits && !activates) {
    return cannotTake(setting, layer, "activation_bits", "activation layers");
  }
  const std::string_view weighted = "layers with weights (conv2d, linear)";
  if (!hasWeights(layer)) {
    if (change.method) return cannotTake(setting, layer, "method", weighted);
    if (change.weight_bits) return cannotTake(setting, layer, "weight_bits", weighted);
    if (change.accumulator_bits) return cannotTake(setting, layer, "accumulator_bits", weighted);
  }
  const bool floats = quant.method == QuantMethod::kFloat;
  if (change.method && (*change.method == QuantMethod::kFloat) != floats) {
    return faultAt(setting, makeError(ErrorCode::kSpecValue,
                                      fmt::format("layer {} has method \"{}\" in a network of "
                                                  "method \"{}\"",
                                                  inQuotes(layer.name), methodName(*change.method),
                                                  methodName(quant.method)),
                                      "float and quantized layers do not mix in one network",
                                      "Change quant.method, or the method of the layer."));
  }
  return withinAll(setting, change.weight_bits, change.activation_bits, change.accumulator_bits);
}

}  // namespace

Checked<void> checkQuantSpec(const NetworkSpec& network, const QuantSpec& quant) {
  auto status =
      withinAll("quant", quant.weight_bits, quant.activation_bits, quant.accumulator_bits);
  if (!status) return status;
  status = withinAll("quant.first", quant.first.weight_bits, {}, quant.first.accumulator_bits);
  if (!status) return status;
  status = withinAll("quant.last", quant.last.weight_bits, quant.last.activation_bits,
                     quant.last.accumulator_bits);
  if (!status) return status;
  std::map<std::string_view, const LayerSpec*> layers;
  for (const LayerSpec& layer : network.layers) layers.emplace(layer.name, &layer);
  for (const auto& [name, change] : quant.layers) {
    const std::string setting = "quant.layers." + name;
    const auto layer = layers.find(name);
    if (layer == layers.end()) {
      std::vector<std::string_view> names;
      names.reserve(layers.size());
      for (const auto& [known, spec] : layers) names.push_back(known);
      return faultAt(
          setting,
          makeError(ErrorCode::kGraphReference,
                    fmt::format("[quant.layers] names {}, which is not in the "
                                "network",
                                inQuotes(name)),
                    {}, didYouMean(name, names) + "Name a layer that is defined in the network."));
    }
    status = checkOverride(setting, *layer->second, change, quant);
    if (!status) return status;
  }
  return {};
}

}  // namespace a2q
