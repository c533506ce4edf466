// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/network/graph.h"
#include "core/network/network_spec.h"

namespace a2q {

/// The trained parameters of one layer from the shape of its input.
[[nodiscard]] std::int64_t parameterCount(const LayerKind& kind, const Shape& input);

/// The trained parameters of a network: weights, biases, and scale and shift of each channel of a
/// batch norm. Learned scales of quantizers are not counted: they vanish in the integer network.
[[nodiscard]] std::int64_t parameterCount(const NetworkSpec& network, const NetworkGraph& graph);

}  // namespace a2q
