// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/calibration/grid_blocks.h"

namespace a2q {

MvauBlock drawMvau(Draw draw) {
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

MvauBlock drawDeepMvau(Draw draw) {
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

MvauBlock drawTableMvau(Draw draw) {
  MvauBlock block;
  block.mw = draw.of<std::int64_t>({64, 72, 128, 144, 256});
  block.mh = draw.of<std::int64_t>({16, 32, 64});
  block.pe = draw.of<std::int64_t>({1, 1, 2});
  block.simd = draw.of<std::int64_t>({1, 1, 2});
  block.weights = {draw.of({2, 3, 4, 8})};
  block.input = draw.format({2, 4, 5, 8});
  block.accumulator = draw.accumulator(block.mw, block.weights, block.input);
  return block;
}

DepthwiseBlock drawDepthwise(Draw draw) {
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

ThresholdBlock drawThresholds(Draw draw) {
  const auto channels = draw.of<std::int64_t>({4, 8, 16, 32, 64});
  const auto lanes = draw.of<std::int64_t>({1, 2, 4, 8});
  return draw.someThresholds(channels, lanes, {static_cast<int>(draw.number(5, 24))});
}

}  // namespace a2q
