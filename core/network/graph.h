// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "core/base/result.h"
#include "core/network/network_spec.h"

namespace a2q {

/// A layer in running order: where it stands in the specification, the positions (in this order)
/// of its inputs, and the shape it gives.
struct GraphNode {
  std::size_t layer = 0;
  std::vector<std::size_t> inputs;
  Shape output;
};

/// A network whose connections and shapes are known to be sound, in topological order (stable:
/// the order of the specification where the arrows allow it).
struct NetworkGraph {
  std::vector<GraphNode> nodes;
};

/// Checks names, arities, cycles and shapes, and infers every shape. Errors name the layer, what
/// it gets and what it needs; a cycle is named layer by layer.
[[nodiscard]] Result<NetworkGraph> inferShapes(const NetworkSpec& network);

}  // namespace a2q
