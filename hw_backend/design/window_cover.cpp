// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/window_cover.h"

#include <algorithm>

namespace a2q {
namespace {

std::int64_t outputs(std::int64_t size, std::int64_t kernel, std::int64_t stride,
                     std::int64_t padding) {
  return (size + 2 * padding - kernel) / stride + 1;
}

std::vector<Cover> coversOf(std::int64_t size, std::int64_t kernel, std::int64_t stride,
                            std::int64_t padding) {
  std::vector<Cover> covers(static_cast<std::size_t>(outputs(size, kernel, stride, padding)));
  std::int64_t first = -padding;
  for (Cover& cover : covers) {
    const std::int64_t last = std::min(first + kernel, size) - 1;
    cover = {first, last, first + kernel - 1 - last};
    first += stride;
  }
  return covers;
}

}  // namespace

std::vector<Cover> coversDown(const SlidingWindowBlock& block) {
  return coversOf(block.height, block.kernel_height, block.stride_height, block.padding_height);
}

std::vector<Cover> coversAcross(const SlidingWindowBlock& block) {
  return coversOf(block.width, block.kernel_width, block.stride_width, block.padding_width);
}

std::vector<std::uint32_t> windowsBeforeRoom(const SlidingWindowBlock& block) {
  const std::vector<Cover> rows = coversDown(block);
  const std::vector<Cover> columns = coversAcross(block);
  const std::int64_t size = block.height * block.width;
  // Pixels from the first one of a window on.
  const std::int64_t room = (block.kernel_height + block.stride_height - 2) * block.width +
                            block.kernel_width + block.stride_width - 1;
  std::vector<std::uint32_t> before(static_cast<std::size_t>(size));
  std::int64_t pixel = 0;
  std::uint32_t window = 0;
  for (const std::int64_t image : {-1, 0}) {
    for (const Cover& down : rows) {
      // The first pixel that has room only when a window of this row has moved on.
      const std::int64_t next = image * size + down.first * block.width + room;
      if (next + columns.back().first <= pixel) {
        window += static_cast<std::uint32_t>(columns.size());
        continue;
      }
      for (const Cover& across : columns) {
        const std::int64_t end = std::min(next + across.first, size);
        while (pixel < end) before[static_cast<std::size_t>(pixel++)] = window;
        ++window;
      }
    }
  }
  while (pixel < size) before[static_cast<std::size_t>(pixel++)] = window;
  return before;
}

std::int64_t refillCycles(const SlidingWindowBlock& block) {
  const std::int64_t folds = block.channels / block.lanes;
  const std::int64_t rows =
      outputs(block.height, block.kernel_height, block.stride_height, block.padding_height);
  const std::int64_t columns =
      outputs(block.width, block.kernel_width, block.stride_width, block.padding_width);
  const std::int64_t last_first =
      ((rows - 1) * block.stride_height - block.padding_height) * block.rowBeats() +
      ((columns - 1) * block.stride_width - block.padding_width) * folds;
  const std::int64_t held = last_first + block.bufferWords() - block.height * block.rowBeats();
  const std::int64_t taps = block.kernel_height * block.kernel_width;
  std::int64_t cycles = 0;
  for (std::int64_t tap = 0; tap < taps; ++tap) {
    const std::int64_t y = tap / block.kernel_width - block.padding_height;
    const std::int64_t x = tap % block.kernel_width - block.padding_width;
    if (y < 0 || x < 0 || y >= block.height || x >= block.width) continue;
    // Of a pixel's beats the first one waits longest.
    const std::int64_t beat = block.order == WindowOrder::kDense ? tap * folds : tap;
    const std::int64_t missing = y * block.rowBeats() + x * folds + 1 - held;
    cycles = std::max(cycles, missing - beat);
  }
  return cycles;
}

}  // namespace a2q
