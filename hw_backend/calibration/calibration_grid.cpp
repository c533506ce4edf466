// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/calibration/calibration_grid.h"

#include <algorithm>
#include <optional>

#include "hw_backend/calibration/grid_draw.h"
#include "hw_backend/rtl/block_checks.h"
#include "hw_backend/rtl/dot_shape.h"

namespace a2q {
namespace {

MvauBlock mvau(Draw draw) {
  MvauBlock block;
  block.mw = draw.of<std::int64_t>({9, 16, 27, 32, 48, 64, 72, 128, 144, 256, 576});
  block.mh = draw.of<std::int64_t>({4, 8, 10, 16, 32, 64});
  block.pe = draw.of<std::int64_t>({1, 1, 2, 2, 4, 8, 16});
  block.simd = draw.of<std::int64_t>({1, 2, 3, 4, 4, 8, 16});
  block.weights = {draw.of({2, 3, 4, 4, 5, 8})};
  block.input = draw.format({1, 2, 3, 4, 4, 8});
  block.accumulator = draw.accumulator(block.mw, block.weights, block.input);
  if (draw.chance(0.3)) block.memory = MemoryStyle::kBlock;
  block.thresholds = draw.thresholds(block.mh, block.pe, block.accumulator);
  return block;
}

/// Weights and thresholds in block memories on top of each other, as large layers have them.
MvauBlock deepMvau(Draw draw) {
  MvauBlock block;
  block.mw = draw.of<std::int64_t>({256, 400, 512, 800});
  block.mh = draw.of<std::int64_t>({32, 64, 112, 128});
  block.pe = draw.of<std::int64_t>({1, 1, 2});
  block.simd = draw.of<std::int64_t>({1, 2, 4});
  block.weights = {draw.of({2, 4, 8})};
  block.input = draw.format({2, 4, 8});
  block.accumulator = draw.accumulator(block.mw, block.weights, block.input);
  block.memory = MemoryStyle::kBlock;
  if (draw.chance(0.3)) return block;
  block.thresholds = draw.someThresholds(block.mh, block.pe, block.accumulator);
  block.thresholds->output.width.bits = draw.of({4, 6, 8});
  block.thresholds->levels = (std::int64_t{1} << block.thresholds->output.width.bits) - 1;
  block.thresholds->style = ThresholdStyle::kBinarySearch;
  block.thresholds->memory = MemoryStyle::kBlock;
  return block;
}

DepthwiseBlock depthwise(Draw draw) {
  DepthwiseBlock block;
  block.channels = draw.of<std::int64_t>({8, 16, 32, 64});
  block.taps = draw.of<std::int64_t>({4, 9, 9, 25});
  block.pe = draw.of<std::int64_t>({1, 2, 4, 8});
  block.weights = {draw.of({2, 4, 4, 8})};
  block.input = draw.format({2, 4, 4, 8});
  block.accumulator = draw.accumulator(block.taps, block.weights, block.input);
  if (draw.chance(0.3)) block.memory = MemoryStyle::kBlock;
  block.thresholds = draw.thresholds(block.channels, block.pe, block.accumulator);
  return block;
}

ThresholdBlock thresholds(Draw draw) {
  const auto channels = draw.of<std::int64_t>({4, 8, 16, 32, 64});
  const auto lanes = draw.of<std::int64_t>({1, 2, 4, 8});
  return draw.someThresholds(channels, lanes, {static_cast<int>(draw.number(5, 24))});
}

SlidingWindowBlock window(Draw draw) {
  SlidingWindowBlock block;
  block.channels = draw.of<std::int64_t>({1, 2, 4, 8, 16, 32});
  block.height = block.width = draw.of<std::int64_t>({8, 10, 14, 16, 28, 32});
  block.kernel_height = block.kernel_width = draw.of<std::int64_t>({1, 2, 3, 3, 5});
  block.stride_height = block.stride_width = draw.of<std::int64_t>({1, 1, 2});
  // One pixel at a time is only asked for to leave some out.
  if (block.kernel_height == 1) block.stride_height = block.stride_width = 2;
  block.padding_height = block.padding_width =
      block.kernel_height > 1 ? draw.number(0, (block.kernel_height - 1) / 2) : 0;
  block.lanes = draw.of<std::int64_t>({1, 2, 4, 8});
  block.format = draw.format({1, 2, 4, 4, 8});
  block.order = draw.chance(0.4) ? WindowOrder::kDepthwise : WindowOrder::kDense;
  if (draw.chance(0.2)) block.memory = MemoryStyle::kBlock;
  return block;
}

PoolBlock pool(Draw draw) {
  PoolBlock block;
  block.channels = 32;
  block.lanes = draw.of<std::int64_t>({1, 2, 4, 8, 16});
  block.taps = draw.of<std::int64_t>({4, 9, 16, 49});
  block.input = draw.format({1, 2, 4, 8});
  block.sum = draw.chance(0.4);
  block.output = block.input;
  if (block.sum) block.output.width.bits += block.taps > 16 ? 6 : 4;
  return block;
}

WidthConverterBlock converter(Draw draw) {
  WidthConverterBlock block;
  block.input_lanes = draw.of<std::int64_t>({1, 2, 3, 4, 6, 8, 16});
  block.output_lanes = draw.of<std::int64_t>({1, 2, 3, 4, 6, 8, 16});
  block.value = {draw.of({1, 2, 4, 8})};
  return block;
}

FifoBlock fifo(Draw draw) {
  return {draw.of<std::int64_t>({2, 4, 8, 16, 32, 64, 128, 512}), draw.number(1, 64),
          draw.chance(0.2) ? MemoryStyle::kBlock : MemoryStyle::kLogic};
}

AddBlock add(Draw draw) {
  AddBlock block;
  block.lanes = draw.of<std::int64_t>({1, 2, 4, 8, 16});
  block.left = block.right = draw.format({2, 4, 6, 8});
  block.output = block.left;
  ++block.output.width.bits;
  return block;
}

ForkBlock fork(Draw draw) { return {draw.number(1, 96)}; }

ConcatBlock concat(Draw draw) {
  ConcatBlock block;
  block.lanes = draw.of<std::int64_t>({1, 2, 4, 8});
  block.left_channels = block.lanes * draw.of<std::int64_t>({1, 4, 8, 16, 32});
  block.right_channels = block.lanes * draw.of<std::int64_t>({1, 4, 8, 16, 32});
  block.left = block.right = block.output = draw.format({2, 4, 8});
  return block;
}

UpsampleBlock upsample(Draw draw) {
  UpsampleBlock block;
  block.channels = draw.of<std::int64_t>({1, 3, 8, 32, 64});
  block.width = draw.of<std::int64_t>({4, 8, 16, 32, 64});
  block.factor = draw.of<std::int64_t>({2, 2, 3, 4});
  block.lanes = draw.of<std::int64_t>({1, 2, 4, 8});
  block.value = {draw.of({2, 4, 8})};
  block.memory = draw.chance(0.5) ? MemoryStyle::kBlock : MemoryStyle::kLogic;
  return block;
}

PixelShuffleBlock shuffle(Draw draw) {
  PixelShuffleBlock block;
  block.channels = draw.of<std::int64_t>({1, 1, 3, 8, 16});
  block.width = draw.of<std::int64_t>({4, 8, 16, 32, 64});
  block.factor = draw.of<std::int64_t>({2, 3, 4});
  block.value = {draw.of({4, 8})};
  block.memory = draw.chance(0.5) ? MemoryStyle::kBlock : MemoryStyle::kLogic;
  return block;
}

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
bool isQuick(const Block& block) {
  constexpr std::int64_t kMostBits = 6144;
  constexpr std::int64_t kMostProductBits = 1024;
  const auto dot = dotShapeOf(block);
  const bool multiplies_little =
      !dot || dot->pe * dot->simd * dot->weights.bits * dot->input.width.bits <= kMostProductBits;
  return logicBits(block) <= kMostBits && multiplies_little;
}

/// Every kind draws from a stream of its own, so that more blocks of one leave the others as they
/// were.
template <class Make>
void draw(Make make, std::size_t count, std::vector<CalibrationPoint>& to) {
  constexpr std::size_t kHeldOut = 4;  // every fourth
  constexpr std::uint64_t kTries = 100;
  std::vector<CalibrationPoint> made;
  for (std::uint64_t index = 0; made.size() < count && index < kTries * count; ++index) {
    const Block block = make(index);
    const auto known = [&](const CalibrationPoint& point) { return point.block == block; };
    if (!checkBlock(block) || !isQuick(block) || std::ranges::any_of(made, known)) continue;
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
  draw(of(mvau, 1), 152, points);
  draw(of(depthwise, 2), 64, points);
  draw(of(thresholds, 3), 40, points);
  draw(of(window, 4), 48, points);
  draw(of(pool, 5), 40, points);
  draw(of(converter, 6), 36, points);
  draw(of(fifo, 7), 28, points);
  draw(of(add, 8), 12, points);
  draw(of(fork, 9), 8, points);
  draw(of(deepMvau, 10), 16, points);
  draw(of(concat, 11), 20, points);
  draw(of(upsample, 12), 32, points);
  draw(of(shuffle, 13), 32, points);
  return points;
}

}  // namespace a2q
