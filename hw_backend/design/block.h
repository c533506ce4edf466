// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "core/bounds/integer_format.h"

namespace a2q {

/// Where a block keeps its constants: in logic (look-up tables), or in block memory.
enum class MemoryStyle { kLogic, kBlock };

/// How a code is found among the 2^B − 1 thresholds of a channel: all compared at once, or one a
/// step, B steps.
enum class ThresholdStyle { kParallel, kBinarySearch };

/// Integer thresholds on accumulators of P bits: `levels` = 2^B − 1 of each of `channels` channels,
/// `lanes` channels at once (lanes | channels). Stored as −T, which fits P bits, and reached where
/// acc + (−T) ≥ 0.
struct ThresholdBlock {
  std::int64_t channels = 1;
  std::int64_t lanes = 1;
  BitWidth accumulator;
  std::int64_t levels = 1;
  IntegerFormat output;
  ThresholdStyle style = ThresholdStyle::kParallel;
  MemoryStyle memory = MemoryStyle::kLogic;  ///< kBlock with kBinarySearch: one word a step
  bool operator==(const ThresholdBlock&) const = default;
};

/// Matrix vector activation unit: MH dot products of K = MW products, PE rows at a time, SIMD
/// products of a row at a time (PE | MH, SIMD | MW), in accumulators of exactly P bits. Thresholds
/// (lanes = PE) follow in the same unit where they are given; otherwise it gives the accumulators.
/// Cycles a vector: (MH/PE)·(MW/SIMD).
struct MvauBlock {
  std::int64_t mw = 1;
  std::int64_t mh = 1;
  std::int64_t pe = 1;
  std::int64_t simd = 1;
  BitWidth weights;
  IntegerFormat input;
  BitWidth accumulator;
  MemoryStyle memory = MemoryStyle::kLogic;
  std::optional<ThresholdBlock> thresholds;
  bool operator==(const MvauBlock&) const = default;
};

/// Depthwise unit: `channels` dot products of K = kh·kw, each over its own channel, PE channels at
/// a time and SIMD = 1 product of a channel at a time. Cycles a pixel: (channels/PE)·kh·kw.
struct DepthwiseBlock {
  std::int64_t channels = 1;
  std::int64_t taps = 9;  ///< kh·kw
  std::int64_t pe = 1;
  BitWidth weights;
  IntegerFormat input;
  BitWidth accumulator;
  MemoryStyle memory = MemoryStyle::kLogic;
  std::optional<ThresholdBlock> thresholds;
  bool operator==(const DepthwiseBlock&) const = default;
};

/// In which order a sliding window gives its values: [kh][kw][channel] for a dense dot product,
/// [channel fold][kh][kw] for depthwise units and poolings.
enum class WindowOrder { kDense, kDepthwise };

/// Sliding window unit: takes pixels of `channels` values, `lanes` values a beat (lanes |
/// channels), channel-fastest, and gives kh·kw pixels for each position of the window; zero padding
/// is inserted by address.
struct SlidingWindowBlock {
  std::int64_t channels = 1;
  std::int64_t height = 1;
  std::int64_t width = 1;
  std::int64_t kernel_height = 1;
  std::int64_t kernel_width = 1;
  std::int64_t stride_height = 1;
  std::int64_t stride_width = 1;
  std::int64_t padding_height = 0;
  std::int64_t padding_width = 0;
  std::int64_t lanes = 1;
  IntegerFormat format;
  WindowOrder order = WindowOrder::kDense;
  MemoryStyle memory = MemoryStyle::kLogic;
  bool operator==(const SlidingWindowBlock&) const = default;

  /// Beats of an image's row.
  [[nodiscard]] std::int64_t rowBeats() const { return width * (channels / lanes); }
  /// Words of its line buffer: what a window spans, what a stride skips, and one.
  [[nodiscard]] std::int64_t bufferWords() const {
    return (kernel_height + stride_height - 2) * rowBeats() +
           (kernel_width + stride_width - 1) * (channels / lanes) + 1;
  }
};

/// The maximum, or the sum (average pooling, whose factor later thresholds carry), of `taps` values
/// of each of `lanes` channels, after a sliding window of order kDepthwise.
struct PoolBlock {
  std::int64_t channels = 1;
  std::int64_t taps = 4;
  std::int64_t lanes = 1;
  IntegerFormat input;
  IntegerFormat output;  ///< that of the input for a maximum, wider for a sum
  bool sum = false;
  bool operator==(const PoolBlock&) const = default;
};

/// A stream of `input_lanes` values a beat to one of `output_lanes`; where neither divides the
/// other, through their least common multiple.
struct WidthConverterBlock {
  std::int64_t input_lanes = 1;
  std::int64_t output_lanes = 1;
  BitWidth value;
  bool operator==(const WidthConverterBlock&) const = default;
};

/// First in, first out: `depth` beats of `width` bits.
struct FifoBlock {
  std::int64_t depth = 2;
  std::int64_t width = 1;
  MemoryStyle memory = MemoryStyle::kLogic;
  bool operator==(const FifoBlock&) const = default;
};

/// Element-wise sum of two streams of `lanes` values.
struct AddBlock {
  std::int64_t lanes = 1;
  IntegerFormat left;
  IntegerFormat right;
  IntegerFormat output;
  bool operator==(const AddBlock&) const = default;
};

/// One stream to two takers; a beat is taken when both have taken it.
struct ForkBlock {
  std::int64_t width = 1;  ///< bits
  bool operator==(const ForkBlock&) const = default;
};

/// The channels of two streams one after the other, pixel by pixel; lanes divides both.
struct ConcatBlock {
  std::int64_t left_channels = 1;
  std::int64_t right_channels = 1;
  std::int64_t lanes = 1;
  IntegerFormat left;
  IntegerFormat right;
  IntegerFormat output;  ///< holds both
  bool operator==(const ConcatBlock&) const = default;
};

/// Nearest-neighbour enlargement of images of `width` pixels a row, `lanes` values a beat (lanes |
/// channels): every pixel `factor` times, every row `factor` times. One row is kept.
struct UpsampleBlock {
  std::int64_t channels = 1;
  std::int64_t width = 1;
  std::int64_t factor = 2;
  std::int64_t lanes = 1;
  BitWidth value;
  MemoryStyle memory = MemoryStyle::kLogic;
  bool operator==(const UpsampleBlock&) const = default;

  [[nodiscard]] std::int64_t rowBeats() const { return width * (channels / lanes); }
  /// Whether a pixel that is given again goes round in a shift register, as few beats do.
  [[nodiscard]] bool pixelsGoRound() const {
    constexpr std::int64_t kMostBeats = 16;
    return channels / lanes <= kMostBeats;
  }
};

/// Depth to space of images of `width` pixels a row: channels·factor² values of a pixel become
/// factor × factor pixels; one value a beat. Two rows are kept.
struct PixelShuffleBlock {
  std::int64_t channels = 1;  ///< that are given
  std::int64_t width = 1;
  std::int64_t factor = 2;
  BitWidth value;
  MemoryStyle memory = MemoryStyle::kLogic;
  bool operator==(const PixelShuffleBlock&) const = default;

  [[nodiscard]] std::int64_t rowBeats() const { return width * channels * factor * factor; }
};

using Block = std::variant<MvauBlock, DepthwiseBlock, ThresholdBlock, SlidingWindowBlock, PoolBlock,
                           WidthConverterBlock, FifoBlock, AddBlock, ForkBlock, ConcatBlock,
                           UpsampleBlock, PixelShuffleBlock>;

/// "MVAU", "SWU", "thresholds", ...
[[nodiscard]] std::string_view blockName(const Block& block);

}  // namespace a2q
