// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/folding_override.h"

#include <fmt/format.h>

namespace a2q {
namespace {

tl::unexpected<Error> hasNone(const std::string& layer, std::string_view key) {
  return fail(ErrorCode::kFoldingIllegal,
              fmt::format("'{}' cannot be chosen for layer '{}'", key, layer),
              fmt::format("it has no {}", key), fmt::format("Leave '{}' out there.", key));
}

}  // namespace

Status checkMemories(const DesignNetwork& network, const FoldingOverrides& overrides) {
  for (const DesignLayer& layer : network.layers) {
    const auto found = overrides.find(layer.name);
    if (found == overrides.end()) continue;
    if (found->second.weights && !layer.hasWeights()) return hasNone(layer.name, "weights");
    if (found->second.thresholds && !layer.thresholds) return hasNone(layer.name, "thresholds");
  }
  return {};
}

}  // namespace a2q
