// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/calibration/grid_blocks.h"

namespace a2q {

SlidingWindowBlock drawWindow(Draw draw) {
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

PoolBlock drawPool(Draw draw) {
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

WidthConverterBlock drawConverter(Draw draw) {
  WidthConverterBlock block;
  block.input_lanes = draw.of<std::int64_t>({1, 2, 3, 4, 6, 8, 16});
  block.output_lanes = draw.of<std::int64_t>({1, 2, 3, 4, 6, 8, 16});
  block.value = {draw.of({1, 2, 4, 8})};
  return block;
}

FifoBlock drawFifo(Draw draw) {
  return {draw.of<std::int64_t>({2, 4, 8, 16, 32, 64, 128, 512}), draw.number(1, 64),
          draw.chance(0.2) ? MemoryStyle::kBlock : MemoryStyle::kLogic};
}

AddBlock drawAdd(Draw draw) {
  AddBlock block;
  block.lanes = draw.of<std::int64_t>({1, 2, 4, 8, 16});
  block.left = block.right = draw.format({2, 4, 6, 8});
  block.output = block.left;
  ++block.output.width.bits;
  return block;
}

ForkBlock drawFork(Draw draw) { return {draw.number(1, 96)}; }

ConcatBlock drawConcat(Draw draw) {
  ConcatBlock block;
  block.lanes = draw.of<std::int64_t>({1, 2, 4, 8});
  block.left_channels = block.lanes * draw.of<std::int64_t>({1, 4, 8, 16, 32});
  block.right_channels = block.lanes * draw.of<std::int64_t>({1, 4, 8, 16, 32});
  block.left = block.right = block.output = draw.format({2, 4, 8});
  return block;
}

UpsampleBlock drawUpsample(Draw draw) {
  UpsampleBlock block;
  block.channels = draw.of<std::int64_t>({1, 3, 8, 32, 64});
  block.width = draw.of<std::int64_t>({4, 8, 16, 32, 64});
  block.factor = draw.of<std::int64_t>({2, 2, 3, 4});
  block.lanes = draw.of<std::int64_t>({1, 2, 4, 8});
  block.value = {draw.of({2, 4, 8})};
  block.memory = draw.chance(0.5) ? MemoryStyle::kBlock : MemoryStyle::kLogic;
  return block;
}

PixelShuffleBlock drawShuffle(Draw draw) {
  PixelShuffleBlock block;
  block.channels = draw.of<std::int64_t>({1, 1, 3, 8, 16});
  block.width = draw.of<std::int64_t>({4, 8, 16, 32, 64});
  block.factor = draw.of<std::int64_t>({2, 3, 4});
  block.value = {draw.of({4, 8})};
  block.memory = draw.chance(0.5) ? MemoryStyle::kBlock : MemoryStyle::kLogic;
  return block;
}

}  // namespace a2q
