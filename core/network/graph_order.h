// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "core/network/network_spec.h"
#include "core/network/spec_fault.h"

namespace a2q {

/// The sound connections of a network: for each layer the indices of its inputs, and the indices
/// of all layers in running order.
struct LayerOrder {
  std::vector<std::vector<std::size_t>> inputs;
  std::vector<std::size_t> order;
};

/// Checks names, the one input and output, arities, references, cycles, and that every layer
/// reaches the output.
[[nodiscard]] Checked<LayerOrder> orderLayers(const NetworkSpec& network);

}  // namespace a2q
