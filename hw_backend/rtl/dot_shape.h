// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

#include "hw_backend/design/block.h"

namespace a2q {

/// What MVAU and depthwise unit have in common: `rows` dot products of `length` products each.
struct DotShape {
  std::int64_t rows = 1;
  std::int64_t length = 1;
  std::int64_t pe = 1;
  std::int64_t simd = 1;
  BitWidth weights;
  IntegerFormat input;
  BitWidth accumulator;
  MemoryStyle memory = MemoryStyle::kLogic;

  [[nodiscard]] std::int64_t folds() const { return rows / pe; }
  [[nodiscard]] std::int64_t steps() const { return length / simd; }
};

[[nodiscard]] inline DotShape dotShape(const MvauBlock& block) {
  return {block.mh,      block.mw,    block.pe,          block.simd,
          block.weights, block.input, block.accumulator, block.memory};
}

[[nodiscard]] inline DotShape dotShape(const DepthwiseBlock& block) {
  return {block.channels, block.taps,  block.pe,          1,
          block.weights,  block.input, block.accumulator, block.memory};
}

/// Whether an MVAU keeps its inputs for its later rows in a shift register that goes round, not in
/// a memory: that costs a register a bit, where a block memory would hold next to nothing.
[[nodiscard]] inline bool replaysFromRing(const DotShape& dot) {
  constexpr std::int64_t kMostBeats = 8;
  constexpr std::int64_t kMostBits = 128;
  return dot.steps() <= kMostBeats || dot.length * dot.input.width.bits <= kMostBits;
}

/// The dot products of a block; none: it has no weights.
[[nodiscard]] inline std::optional<DotShape> dotShapeOf(const Block& block) {
  if (const auto* mvau = std::get_if<MvauBlock>(&block)) return dotShape(*mvau);
  if (const auto* depthwise = std::get_if<DepthwiseBlock>(&block)) return dotShape(*depthwise);
  return std::nullopt;
}

/// The thresholds of a block; none: it has none.
[[nodiscard]] inline std::optional<ThresholdBlock> thresholdsOf(const Block& block) {
  if (const auto* mvau = std::get_if<MvauBlock>(&block)) return mvau->thresholds;
  if (const auto* depthwise = std::get_if<DepthwiseBlock>(&block)) return depthwise->thresholds;
  if (const auto* alone = std::get_if<ThresholdBlock>(&block)) return *alone;
  return std::nullopt;
}

}  // namespace a2q
