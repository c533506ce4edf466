// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "hw_backend/design/design_network.h"

namespace a2q {
namespace {

constexpr BitWidth kFixed{32};

std::optional<BitWidth> widthOf(const AccumulatorChoice& choice, AccumulatorPolicy policy) {
  switch (policy) {
    case AccumulatorPolicy::kFixed32: return kFixed;
    case AccumulatorPolicy::kDataType: return choice.data_type;
    case AccumulatorPolicy::kMinimised: return choice.minimised;
    case AccumulatorPolicy::kTarget: {
      const BitWidth enough = choice.minimised.value_or(choice.data_type);
      return std::min(choice.target.value_or(enough), enough);
    }
  }
  return std::nullopt;
}

/// Whether a layer gives what it takes, of whatever format.
bool movesValues(const DesignLayer& layer) {
  switch (layer.operation) {
    case DesignOperation::kPool: return !layer.sums;
    case DesignOperation::kConcat:
    case DesignOperation::kUpsample:
    case DesignOperation::kShuffle: return true;
    default: return false;
  }
}

Status checkPolicy(const DesignNetwork& network, AccumulatorPolicy policy) {
  if (policy == AccumulatorPolicy::kMinimised && !network.trained) {
    return fail(ErrorCode::kUsage, "policy minimised needs trained weights",
                "the exact range of a layer follows from its weights",
                "Train the network, or choose --policy fixed32, datatype or a2q.");
  }
  const bool has_target = std::ranges::any_of(
      network.layers, [](const DesignLayer& layer) { return layer.choice.target.has_value(); });
  if (policy == AccumulatorPolicy::kTarget && !has_target) {
    return fail(ErrorCode::kUsage, "policy a2q needs a layer that is trained for an accumulator",
                "no layer follows A2Q or A2Q+",
                "Set quant.method to a2q or a2q+, or choose another policy.");
  }
  return {};
}

}  // namespace

Result<DesignNetwork> underPolicy(const DesignNetwork& network, AccumulatorPolicy policy) {
  if (Status status = checkPolicy(network, policy); !status) return forward(std::move(status));
  DesignNetwork out = network;
  for (DesignLayer& layer : out.layers) {
    for (std::size_t i = 0; i < layer.inputs.size(); ++i) {
      layer.input_formats[i] = out.layers[layer.inputs[i]].output_format;
    }
    if (movesValues(layer)) layer.output_format = commonFormat(layer.input_formats);
    // Thresholds apart from their dot products compare accumulators of that width.
    const bool compares = layer.operation == DesignOperation::kThresholds;
    if (compares && out.layers[layer.inputs.front()].output_format !=
                        network.layers[layer.inputs.front()].output_format) {
      layer.accumulator = layer.input_formats.front().width;
    }
    if (!layer.hasWeights()) continue;
    layer.accumulator = *widthOf(layer.choice, policy);
    if (!layer.thresholds) layer.output_format = {layer.accumulator, Signedness::kSigned};
  }
  return out;
}

}  // namespace a2q
