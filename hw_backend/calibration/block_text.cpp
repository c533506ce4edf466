// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/calibration/block_text.h"

#include <fmt/format.h>

namespace a2q {
namespace {

std::string text(IntegerFormat format) {
  return fmt::format("{}{}", format.isSigned() ? 's' : 'u', format.width.bits);
}

std::string_view text(MemoryStyle memory) {
  return memory == MemoryStyle::kBlock ? "block" : "logic";
}

std::string text(const ThresholdBlock& block) {
  return fmt::format("{}:{}:{}", text(block.output),
                     block.style == ThresholdStyle::kParallel ? "parallel" : "search",
                     text(block.memory));
}

std::string text(const std::optional<ThresholdBlock>& thresholds) {
  return thresholds ? " t=" + text(*thresholds) : std::string();
}

struct Writer {
  std::string operator()(const MvauBlock& b) const {
    return fmt::format("mvau mw={} mh={} pe={} simd={} w={} a={} p={} m={}{}", b.mw, b.mh, b.pe,
                       b.simd, b.weights.bits, text(b.input), b.accumulator.bits, text(b.memory),
                       text(b.thresholds));
  }
  std::string operator()(const DepthwiseBlock& b) const {
    return fmt::format("depthwise c={} taps={} pe={} w={} a={} p={} m={}{}", b.channels, b.taps,
                       b.pe, b.weights.bits, text(b.input), b.accumulator.bits, text(b.memory),
                       text(b.thresholds));
  }
  std::string operator()(const ThresholdBlock& b) const {
    return fmt::format("thresholds c={} lanes={} p={} t={}", b.channels, b.lanes,
                       b.accumulator.bits, text(b));
  }
  std::string operator()(const SlidingWindowBlock& b) const {
    return fmt::format(
        "window c={} h={} w={} kh={} kw={} sh={} sw={} ph={} pw={} lanes={} a={} order={} m={}",
        b.channels, b.height, b.width, b.kernel_height, b.kernel_width, b.stride_height,
        b.stride_width, b.padding_height, b.padding_width, b.lanes, text(b.format),
        b.order == WindowOrder::kDense ? "dense" : "depthwise", text(b.memory));
  }
  std::string operator()(const PoolBlock& b) const {
    return fmt::format("pool c={} taps={} lanes={} a={} b={} op={}", b.channels, b.taps, b.lanes,
                       text(b.input), text(b.output), b.sum ? "sum" : "max");
  }
  std::string operator()(const WidthConverterBlock& b) const {
    return fmt::format("converter in={} out={} bits={}", b.input_lanes, b.output_lanes,
                       b.value.bits);
  }
  std::string operator()(const FifoBlock& b) const {
    return fmt::format("fifo depth={} width={} m={}", b.depth, b.width, text(b.memory));
  }
  std::string operator()(const AddBlock& b) const {
    return fmt::format("add lanes={} l={} r={} b={}", b.lanes, text(b.left), text(b.right),
                       text(b.output));
  }
  std::string operator()(const ForkBlock& b) const { return fmt::format("fork width={}", b.width); }
  std::string operator()(const ConcatBlock& b) const {
    return fmt::format("concat left={} right={} lanes={} l={} r={} b={}", b.left_channels,
                       b.right_channels, b.lanes, text(b.left), text(b.right), text(b.output));
  }
  std::string operator()(const UpsampleBlock& b) const {
    return fmt::format("upsample c={} w={} factor={} lanes={} bits={} m={}", b.channels, b.width,
                       b.factor, b.lanes, b.value.bits, text(b.memory));
  }
  std::string operator()(const PixelShuffleBlock& b) const {
    return fmt::format("shuffle c={} w={} factor={} bits={} m={}", b.channels, b.width, b.factor,
                       b.value.bits, text(b.memory));
  }
};

}  // namespace

std::string blockText(const Block& block) { return std::visit(Writer(), block); }

}  // namespace a2q
