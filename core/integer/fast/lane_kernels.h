// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/integer/fast/kernel_level.h"

namespace a2q {

/// Lanes of one 32-bit row: the samples that one dense kernel call computes per column.
inline constexpr std::int64_t kQuadLanes = 16;
/// Output channels that a dense kernel computes together.
inline constexpr std::int64_t kQuadChannels = 4;

/// Input of the dense kernels: quads, 64 bytes of [16 samples][4 input channels]. For four output
/// channels and `count` columns, sums[channel][column][sample] = starts[channel] + Σ over quads.
struct DenseTile {
  const std::uint8_t* const* columns = nullptr;  ///< where each column's first quad would lie
  std::int64_t count = 0;
  const std::int64_t* offsets = nullptr;  ///< of each quad, in bytes
  std::int64_t quads = 0;
  const void* weights = nullptr;  ///< [quads][4 output channels], as DensePacking says
  const std::int32_t* starts = nullptr;
  std::int32_t* sums = nullptr;  ///< [4][stride][16]
  std::int64_t stride = 0;       ///< columns between the channels of `sums`
};

/// How the four weights of a quad and an output channel lie in memory.
enum class DensePacking {
  kBytes,  ///< w0 w1 w2 w3 as 8 bits
  kWords,  ///< w0 w2 w1 w3 as 16 bits
};

/// A dense kernel; the exact ones are right for all weights of up to 8 bits, the others under the
/// condition of their place in LaneKernels.
using DenseKernel = void (*)(const DenseTile& tile);

/// A stretch of a ByteSumProgram: sums of single bytes, modulo 2^8, that cannot leave 0..255.
struct ByteChunk {
  std::uint8_t shift = 0;       ///< doublings of the 16-bit sums before this stretch is added
  std::uint8_t start = 0;       ///< keeps the stretch from becoming negative
  std::uint16_t adds = 0;       ///< entries to add, …
  std::uint16_t subtracts = 0;  ///< … followed by entries to subtract
};

/// One output channel of a sparse layer at `count` positions, on rows of lanes of single channels.
struct ByteSumTile {
  const std::uint8_t* const* columns = nullptr;
  std::int64_t count = 0;
  const ByteChunk* chunks = nullptr;
  std::int64_t chunk_count = 0;
  const std::int64_t* offsets = nullptr;  ///< of each entry, in bytes
  int last_shift = 0;
  std::int16_t start = 0;
  std::int16_t* sums = nullptr;  ///< [count][even samples, odd samples][lanes / 2]
};
using ByteSumKernel = void (*)(const ByteSumTile& tile);

/// The thresholds of one channel and what to do with sums behind them.
struct ThresholdTile {
  const std::int32_t* thresholds = nullptr;  ///< ascending
  std::int64_t levels = 0;                   ///< a multiple of 16 less one, padded by "never"
  std::uint8_t base = 0;                     ///< the byte of "no threshold reached"
  std::int64_t window = 1;                   ///< neighbouring columns of which the largest counts
  std::int64_t outputs = 0;
  std::uint8_t* to = nullptr;             ///< where the codes of each output go: here …
  const std::int64_t* offsets = nullptr;  ///< … and so many bytes further
};

/// Sums [outputs · window][16] to 16 bytes of each output.
using ThresholdKernel = void (*)(const ThresholdTile& tile, const std::int32_t* sums);
/// Sums as ByteSumTile leaves them to a row of bytes of each output.
using WordThresholdKernel = void (*)(const ThresholdTile& tile, const std::int16_t* sums);

/// The inner loops of a level.
struct LaneKernels {
  std::int64_t lanes = 16;  ///< samples of a row of bytes that this level likes best
  DenseKernel dense_exact = nullptr;
  DensePacking exact_packing = DensePacking::kBytes;
  /// No pair of products leaves 16 bits; null where dense_exact does not mind.
  DenseKernel dense_pairs = nullptr;
  /// No sum of products leaves 16 bits; null as well.
  DenseKernel dense_words = nullptr;
  ThresholdKernel thresholds = nullptr;
  /// For rows of 16, 32 and 64 lanes.
  ByteSumKernel byte_sums[3] = {};
  WordThresholdKernel word_thresholds[3] = {};
};

[[nodiscard]] const LaneKernels& laneKernels(KernelLevel level);

/// Index into byte_sums and word_thresholds.
[[nodiscard]] constexpr int rowKind(std::int64_t lanes) {
  return lanes == 64 ? 2 : lanes == 32 ? 1 : 0;
}

}  // namespace a2q
