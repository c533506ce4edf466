// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/rtl/cycle_count.h"

#include <algorithm>
#include <numeric>

#include "hw_backend/rtl/dot_shape.h"

namespace a2q {
namespace {

/// Cycles that thresholds take for one beat.
std::int64_t beatCycles(const ThresholdBlock& block) {
  return block.style == ThresholdStyle::kBinarySearch ? block.output.width.bits : 1;
}

/// The thresholds look at one beat while the unit adds up the next.
std::int64_t dotCycles(const DotShape& dot, const std::optional<ThresholdBlock>& thresholds) {
  return dot.folds() * std::max(dot.steps(), thresholds ? beatCycles(*thresholds) : 1);
}

std::int64_t cycles(const MvauBlock& block, std::int64_t vectors) {
  return vectors * dotCycles(dotShape(block), block.thresholds);
}

std::int64_t cycles(const DepthwiseBlock& block, std::int64_t pixels) {
  return pixels * dotCycles(dotShape(block), block.thresholds);
}

std::int64_t cycles(const ThresholdBlock& block, std::int64_t pixels) {
  return pixels * (block.channels / block.lanes) * beatCycles(block);
}

std::int64_t cycles(const SlidingWindowBlock& block, std::int64_t images) {
  return images * windowCycles(block);
}

std::int64_t cycles(const PoolBlock& block, std::int64_t windows) {
  return windows * (block.channels / block.lanes) * block.taps;
}

std::int64_t cycles(const WidthConverterBlock& block, std::int64_t values) {
  return values / std::min(block.input_lanes, block.output_lanes);
}

std::int64_t cycles(const FifoBlock& /*block*/, std::int64_t beats) { return beats; }
std::int64_t cycles(const AddBlock& /*block*/, std::int64_t beats) { return beats; }
std::int64_t cycles(const ForkBlock& /*block*/, std::int64_t beats) { return beats; }

std::int64_t cycles(const ConcatBlock& block, std::int64_t pixels) {
  return pixels * (block.left_channels + block.right_channels) / block.lanes;
}

std::int64_t cycles(const UpsampleBlock& block, std::int64_t rows) {
  return rows * block.rowBeats() * block.factor * block.factor;
}

std::int64_t cycles(const PixelShuffleBlock& block, std::int64_t rows) {
  return rows * block.rowBeats();
}

}  // namespace

std::int64_t cyclesOf(const Block& block, std::int64_t count) {
  return std::visit([count](const auto& kind) { return cycles(kind, count); }, block);
}

}  // namespace a2q
