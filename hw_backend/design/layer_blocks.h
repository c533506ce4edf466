// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

#include "hw_backend/design/block.h"
#include "hw_backend/design/design_network.h"
#include "hw_backend/design/folding.h"

namespace a2q {

/// The sliding window in front of a layer; none where it needs no window.
[[nodiscard]] std::optional<SlidingWindowBlock> windowBlock(const DesignLayer& layer,
                                                            const LayerFolding& folding);

/// The block of a layer that enlarges or shuffles; none for others.
[[nodiscard]] std::optional<Block> reshapeBlock(const DesignLayer& layer,
                                                const LayerFolding& folding);

/// The block of a layer that keeps rows, in LayerFolding::window: one of the two above.
[[nodiscard]] std::optional<Block> lineBuffer(const DesignLayer& layer,
                                              const LayerFolding& folding);

/// The unit that computes; none for the source, for layers that only move values, and for those
/// that join streams, whose blocks take two each.
[[nodiscard]] std::optional<Block> computeBlock(const DesignLayer& layer,
                                                const LayerFolding& folding);

/// The block that joins what was joined so far with input `next` of a kAdd or kConcat layer (next ≥
/// 1).
[[nodiscard]] Block joinBlock(const DesignLayer& layer, const LayerFolding& folding,
                              std::size_t next);

/// The adder among them.
[[nodiscard]] AddBlock adderBlock(const DesignLayer& layer, const LayerFolding& folding,
                                  std::size_t next);

/// The two-beat buffer (skid buffer) behind a layer, and one copy of its stream.
[[nodiscard]] FifoBlock outputFifo(const DesignLayer& layer, const LayerFolding& folding);
[[nodiscard]] ForkBlock outputFork(const DesignLayer& layer, const LayerFolding& folding);

/// Cycles a sample that each block is busy: what bounds the rate.
/// Window: max(input beats, output beats + refillCycles()), reading and writing overlap.
[[nodiscard]] std::int64_t windowCycles(const DesignLayer& layer, const LayerFolding& folding);
/// MVAU (MH/PE)·(MW/SIMD)·OH·OW; depthwise (C/PE)·kh·kw·OH·OW; pool likewise; thresholds and
/// additions one a beat. A binary search needs B cycles for each beat that is given. What a
/// window's refilling takes comes on top, but for the time in which an MVAU goes through a vector
/// again.
[[nodiscard]] std::int64_t computeCycles(const DesignLayer& layer, const LayerFolding& folding);
/// The same without the refilling.
[[nodiscard]] std::int64_t unitCycles(const DesignLayer& layer, const LayerFolding& folding);
/// Of a stream of `values` a sample through a converter: the beats of its narrower side.
[[nodiscard]] std::int64_t converterCycles(const WidthConverterBlock& block, std::int64_t values);

}  // namespace a2q
