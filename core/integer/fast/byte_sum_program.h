// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/integer/fast/lane_kernels.h"

namespace a2q {

/// One output channel as additions of bytes (byte_sum_loops.h): weights written as sums of signed
/// powers of two, sorted from the highest power down, cut so that no stretch leaves 8 bits.
struct ByteSumProgram {
  std::vector<ByteChunk> chunks;
  std::vector<std::int32_t> taps;  ///< the weight of each entry, by its place in the channel
  int last_shift = 0;              ///< doublings behind the last stretch
  std::int64_t start = 0;  ///< what the sums begin with, to undo the starts of the stretches
};

/// For weights of one channel and bytes 0 … `largest` (1 to 255). The sum of the program is
/// Σ w·byte modulo 2^16.
[[nodiscard]] ByteSumProgram byteSumProgram(std::span<const std::int32_t> weights,
                                            std::int64_t largest);

}  // namespace a2q
