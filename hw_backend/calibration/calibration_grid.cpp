// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/calibration/calibration_grid.h"

#include <algorithm>
#include <optional>

#include "hw_backend/calibration/grid_blocks.h"
#include "hw_backend/rtl/block_checks.h"
#include "hw_backend/rtl/dot_shape.h"

namespace a2q {
namespace {

/// Constants in logic, in bits: what makes a synthesis take long.
std::int64_t logicBits(const std::optional<ThresholdBlock>& block) {
  if (!block || block->memory == MemoryStyle::kBlock) return 0;
  return block->channels * block->levels * block->accumulator.bits;
}

std::int64_t logicBits(const Block& block) {
  const auto dot = dotShapeOf(block);
  const bool stored = dot && dot->memory == MemoryStyle::kLogic;
  return logicBits(thresholdsOf(block)) +
         (stored ? dot->rows * dot->length * dot->weights.bits : 0);
}

/// A synthesis takes seconds, not minutes.
bool isQuick(const Block& block, std::int64_t most_bits) {
  constexpr std::int64_t kMostProductBits = 1024;
  const auto dot = dotShapeOf(block);
  const bool multiplies_little =
      !dot || dot->pe * dot->simd * dot->weights.bits * dot->input.width.bits <= kMostProductBits;
  return logicBits(block) <= most_bits && multiplies_little;
}

/// Every kind draws from a stream of its own, so that more blocks of one leave the others as they
/// were.
template <class Make>
void draw(Make make, std::size_t count, std::vector<CalibrationPoint>& to,
          std::int64_t most_bits = 6144) {
  constexpr std::size_t kHeldOut = 4;  // every fourth
  constexpr std::uint64_t kTries = 100;
  std::vector<CalibrationPoint> made;
  for (std::uint64_t index = 0; made.size() < count && index < kTries * count; ++index) {
    const Block block = make(index);
    const auto known = [&](const CalibrationPoint& point) { return point.block == block; };
    if (!checkBlock(block) || !isQuick(block, most_bits) || std::ranges::any_of(made, known))
      continue;
    made.push_back({block, made.size() % kHeldOut == kHeldOut - 1});
  }
  to.insert(to.end(), made.begin(), made.end());
}

}  // namespace

std::vector<CalibrationPoint> calibrationGrid() {
  std::vector<CalibrationPoint> points;
  const auto of = [](auto make, std::uint64_t stream) {
    return [make, stream](std::uint64_t index) { return make(Draw(stream, index)); };
  };
  draw(of(drawMvau, 1), 152, points);
  draw(of(drawDepthwise, 2), 64, points);
  draw(of(drawThresholds, 3), 40, points);
  draw(of(drawWindow, 4), 48, points);
  draw(of(drawPool, 5), 40, points);
  draw(of(drawConverter, 6), 36, points);
  draw(of(drawFifo, 7), 28, points);
  draw(of(drawAdd, 8), 12, points);
  draw(of(drawFork, 9), 8, points);
  draw(of(drawDeepMvau, 10), 16, points);
  draw(of(drawConcat, 11), 20, points);
  draw(of(drawUpsample, 12), 32, points);
  draw(of(drawShuffle, 13), 32, points);
  draw(of(drawTableMvau, 14), 16, points, 24576);
  return points;
}

}  // namespace a2q
