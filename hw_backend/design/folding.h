// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/result.h"
#include "hw_backend/design/block.h"
#include "hw_backend/design/design_network.h"

namespace a2q {

/// How far one layer is unfolded. A dense layer takes SIMD values a beat and gives PE; every other
/// takes and gives PE values a beat (a depthwise layer then multiplies one tap of each at a time).
struct LayerFolding {
  std::int64_t pe = 1;
  std::int64_t simd = 1;  ///< of dense layers
  MemoryStyle weights = MemoryStyle::kLogic;
  MemoryStyle window = MemoryStyle::kLogic;  ///< of the line buffer
  ThresholdStyle thresholds = ThresholdStyle::kParallel;
  MemoryStyle threshold_memory = MemoryStyle::kLogic;
  bool operator==(const LayerFolding&) const = default;
};

/// One LayerFolding each layer of a DesignNetwork, in its order.
struct FoldingSpec {
  std::vector<LayerFolding> layers;
  bool operator==(const FoldingSpec&) const = default;
};

/// The divisors of n ≥ 1, ascending.
[[nodiscard]] std::vector<std::int64_t> divisorsOf(std::int64_t n);

/// What PE and SIMD may be, ascending: PE | channels given (of every input of a concatenation; one
/// in a pixel shuffle); SIMD | channels taken (a sliding window
/// gives whole pixels, SIMD channels a beat) of dense layers, else 1 alone.
[[nodiscard]] std::vector<std::int64_t> legalPe(const DesignLayer& layer);
[[nodiscard]] std::vector<std::int64_t> legalSimd(const DesignLayer& layer);

/// Values a beat of the streams that a layer takes and gives.
[[nodiscard]] std::int64_t inputLanes(const DesignLayer& layer, const LayerFolding& folding);
[[nodiscard]] std::int64_t outputLanes(const LayerFolding& folding);

/// Errors: kFoldingIllegal with the layer, the constraint and the nearest legal values.
[[nodiscard]] Status checkFolding(const DesignLayer& layer, const LayerFolding& folding);
/// Every layer; as many foldings as layers.
[[nodiscard]] Status checkFolding(const DesignNetwork& network, const FoldingSpec& folding);

}  // namespace a2q
