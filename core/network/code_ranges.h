// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/bounds/integer_format.h"
#include "core/network/graph.h"
#include "core/network/network_spec.h"

namespace a2q {

/// Codes on one connection: real value = code · scale, where `owner` is the node that owns the
/// scale (an activation or the input) and `divisor` what average pools have multiplied codes by.
struct Codes {
  IntegerRange range;
  std::size_t owner = 0;
  std::int64_t divisor = 1;
};

/// The codes a node gives, or why it gives none.
struct NodeCodes {
  std::optional<Codes> codes;
  std::string reason;
};

/// The integer format of the activation at a node, and the node that owns its scale.
struct ActivationFormat {
  IntegerFormat format;
  std::size_t owner = 0;
};

/// Follows the codes through the graph: max pooling, flatten, resize and pixel shuffle keep them,
/// concatenation unites their ranges, average pooling multiplies by its area, addition adds.
[[nodiscard]] std::vector<NodeCodes> codeRanges(
    const NetworkSpec& network, const NetworkGraph& graph,
    const std::function<ActivationFormat(std::size_t)>& activation);

/// The activations (nodes) whose codes reach the input of `node` without passing another
/// quantizer or a layer that computes.
[[nodiscard]] std::vector<std::size_t> quantizersBefore(const NetworkSpec& network,
                                                        const NetworkGraph& graph,
                                                        std::size_t node);

/// The narrowest format that holds the range (at least one bit); signed if it has negatives.
[[nodiscard]] IntegerFormat formatOf(IntegerRange range);

}  // namespace a2q
