// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/estimate/finn_model.h"

#include <bit>
#include <numeric>

#include "core/base/ceil_divide.h"

namespace a2q {
namespace {

/// Estimates were between 7 % below and 125 % above synthesis.
constexpr double kLowestRatio = 0.93;
constexpr double kHighestRatio = 2.25;
constexpr std::int64_t kBram18Bits = 18432;
constexpr double kBase = 300;

std::int64_t ceilLog2(std::int64_t n) {
  return n <= 1 ? 0 : std::bit_width(static_cast<std::uint64_t>(n - 1));
}

/// thr + comp of a lane.
std::int64_t thresholdLut(const ThresholdBlock& block) {
  const std::int64_t p = block.accumulator.bits;
  const std::int64_t words = block.channels / block.lanes;
  const std::int64_t stored =
      block.memory == MemoryStyle::kLogic ? block.levels * p * ceilDivide(words, 64) : 0;
  const bool parallel = block.style == ThresholdStyle::kParallel;
  return stored + (parallel ? block.levels : 1) * p;
}

/// What dense and depthwise units share.
struct Unit {
  std::int64_t pe;
  std::int64_t simd;
  std::int64_t weight_bits;
  std::int64_t input_bits;
  std::int64_t accumulator;
  std::int64_t words;  ///< WMEM
  MemoryStyle memory;
  const std::optional<ThresholdBlock>& thresholds;
};

Unit unitOf(const MvauBlock& block) {
  return {block.pe,
          block.simd,
          block.weights.bits,
          block.input.width.bits,
          block.accumulator.bits,
          block.mw * block.mh / (block.pe * block.simd),
          block.memory,
          block.thresholds};
}

Unit unitOf(const DepthwiseBlock& block) {
  return {block.pe,
          1,
          block.weights.bits,
          block.input.width.bits,
          block.accumulator.bits,
          block.taps * block.channels / block.pe,
          block.memory,
          block.thresholds};
}

double lutOf(const Unit& unit, FinnMultiplier multiplier) {
  const std::int64_t product = unit.weight_bits + unit.input_bits;
  const bool in_logic = multiplier == FinnMultiplier::kLogic;
  const std::int64_t mult = in_logic ? unit.simd * (2 * ceilDivide(product, 6) - 1) * product : 0;
  const std::int64_t tree = product * (2 * unit.simd - 1);
  const std::int64_t thresholds = unit.thresholds ? thresholdLut(*unit.thresholds) : 0;
  const std::int64_t stored =
      unit.memory == MemoryStyle::kLogic
          ? unit.pe * unit.simd * unit.weight_bits * ceilDivide(unit.words, 64)
          : 0;
  return kBase +
         1.1 * static_cast<double>(unit.pe * (mult + tree + unit.accumulator + thresholds)) +
         static_cast<double>(stored);
}

class ValueOf {
 public:
  explicit ValueOf(const Family& family) : family_(family) {}

  ResourceVector operator()(const MvauBlock& block) const { return unit(block); }
  ResourceVector operator()(const DepthwiseBlock& block) const { return unit(block); }
  ResourceVector operator()(const ThresholdBlock& block) const {
    return {1.1 * static_cast<double>(block.lanes * thresholdLut(block)), 0,
            thresholdMemories(block), 0};
  }
  ResourceVector operator()(const SlidingWindowBlock& block) const {
    const std::int64_t pixels = (block.kernel_height - 1 + block.stride_height - 1) * block.width +
                                block.kernel_width + block.stride_width - 1;
    const std::int64_t depth = pixels * block.channels / block.lanes;
    const std::int64_t width = block.lanes * block.format.width.bits;
    return lineBuffer(depth, width, block.memory);
  }
  ResourceVector operator()(const PoolBlock& block) const {
    // A maximum compares and chooses.
    const std::int64_t bits = block.sum ? block.output.width.bits : 2 * block.input.width.bits;
    return lut(static_cast<double>(block.lanes * bits));
  }
  ResourceVector operator()(const WidthConverterBlock& block) const {
    const std::int64_t between = std::lcm(block.input_lanes, block.output_lanes);
    std::int64_t luts = 0;
    if (block.input_lanes != between) {
      luts += ceilLog2(between / block.input_lanes) + between * block.value.bits;
    }
    if (block.output_lanes != between) {
      luts += ceilLog2(between / block.output_lanes) + block.output_lanes * block.value.bits;
    }
    return lut(static_cast<double>(luts));
  }
  ResourceVector operator()(const FifoBlock& block) const {
    const std::int64_t address = 2 * ceilLog2(block.depth);
    if (block.memory == MemoryStyle::kBlock) {
      return {static_cast<double>(address), 0, memories(block.depth, block.width), 0};
    }
    return lut(
        static_cast<double>(address + ceilDivide(block.depth, 32) * ceilDivide(block.width, 2)));
  }
  ResourceVector operator()(const AddBlock& block) const {
    return lut(static_cast<double>(block.lanes * block.output.width.bits));
  }
  ResourceVector operator()(const ForkBlock& /*block*/) const { return lut(2); }
  // FINN publishes nothing for what follows: a choice of two values, and line buffers like those
  // of its SWU.
  ResourceVector operator()(const ConcatBlock& block) const {
    return lut(static_cast<double>(block.lanes * block.output.width.bits));
  }
  ResourceVector operator()(const UpsampleBlock& block) const {
    return lineBuffer(block.rowBeats(), block.lanes * block.value.bits, block.memory);
  }
  ResourceVector operator()(const PixelShuffleBlock& block) const {
    return lineBuffer(2 * block.rowBeats(), block.value.bits, block.memory);
  }

 private:
  static ResourceVector lut(double luts) { return {luts, 0, 0, 0}; }

  [[nodiscard]] ResourceVector lineBuffer(std::int64_t depth, std::int64_t width,
                                          MemoryStyle memory) const {
    if (memory == MemoryStyle::kBlock) return {kBase, 0, memories(depth, width), 0};
    return lut(kBase + static_cast<double>(width * ceilDivide(depth, 38)));
  }

  [[nodiscard]] double memories(std::int64_t words, std::int64_t bits) const {
    return static_cast<double>(family_.bram_bits == kBram18Bits
                                   ? finnBram18(words, bits)
                                   : family_.stackFor(words, bits).blocks);
  }

  [[nodiscard]] double thresholdMemories(const ThresholdBlock& block) const {
    if (block.memory == MemoryStyle::kLogic) return 0;
    return memories(block.channels / block.lanes * (block.levels + 1),
                    block.lanes * block.accumulator.bits);
  }

  template <class T>
  ResourceVector unit(const T& block) const {
    ResourceVector value = lut(finnLut(block, FinnMultiplier::kLogic));
    const Unit unit = unitOf(block);
    if (unit.memory == MemoryStyle::kBlock) {
      value.bram = memories(unit.words, unit.pe * unit.simd * unit.weight_bits);
    }
    if (unit.thresholds) value.bram += thresholdMemories(*unit.thresholds);
    return value;
  }

  const Family& family_;
};

}  // namespace

double finnLut(const MvauBlock& block, FinnMultiplier multiplier) {
  return lutOf(unitOf(block), multiplier);
}

double finnLut(const DepthwiseBlock& block, FinnMultiplier multiplier) {
  return lutOf(unitOf(block), multiplier);
}

std::int64_t finnDsp(const MvauBlock& block) {
  return block.pe * block.simd * ceilDivide(block.weights.bits + block.input.width.bits, 48);
}

std::int64_t finnBram18(std::int64_t words, std::int64_t bits) {
  if (bits == 1) return ceilDivide(words, 16384);
  if (bits == 2) return ceilDivide(words, 8192);
  if (bits <= 4) return ceilDivide(words, 4096) * ceilDivide(bits, 4);
  if (bits <= 9) return ceilDivide(words, 2048) * ceilDivide(bits, 9);
  if (bits <= 18 || words > 512) return ceilDivide(words, 1024) * ceilDivide(bits, 18);
  return ceilDivide(words, 512) * ceilDivide(bits, 36);
}

ResourceEstimate finnEstimate(const Block& block, const Family& family) {
  constexpr std::int64_t kPublishedInputs = 6;
  ResourceEstimate out;
  out.value = std::visit(ValueOf(family), block);
  out.source = "estimate: FINN's analytic model";
  if (family.lut_inputs != kPublishedInputs) return out;
  out.low = out.value;
  out.high = out.value;
  out.low->lut /= kHighestRatio;
  out.high->lut /= kLowestRatio;
  return out;
}

}  // namespace a2q
