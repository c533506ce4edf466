// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/network/graph.h"
#include "core/network/network_spec.h"

namespace a2q {

/// What a float parameter does in its layer.
enum class ParameterRole { kWeights, kBias, kGamma, kBeta, kMean, kVariance };

/// A float parameter of a network: its layer, its name here and its shape (weights: outputs ×
/// inputs, or filters × channels a group × height × width; all others: one a channel).
struct ParameterSlot {
  std::string layer;
  ParameterRole role = ParameterRole::kWeights;
  std::string name;  ///< "conv1.v"
  std::vector<std::int64_t> shape;
};

/// All float parameters of a network, layer by layer in the order of the graph.
[[nodiscard]] std::vector<ParameterSlot> parameterSlots(const NetworkSpec& network,
                                                        const NetworkGraph& graph);

}  // namespace a2q
