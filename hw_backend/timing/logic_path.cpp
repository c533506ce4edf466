// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/timing/logic_path.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

namespace a2q {
namespace {

using Paths = std::vector<LogicPath>;

double real(std::int64_t value) { return static_cast<double>(value); }

double log2Of(double value) { return std::log2(std::max(value, 1.0)); }

double addressBits(std::int64_t words) {
  return words > 1 ? std::bit_width(static_cast<std::uint64_t>(words - 1)) : 0;
}

/// Adders of three rows to two, one behind the other, until two rows are left.
double compressorLevels(std::int64_t rows) {
  int levels = 0;
  for (; rows > 2; rows -= rows / 3) ++levels;
  return levels;
}

/// ready of the taker to the enables of `registers`.
LogicPath handshake(std::int64_t registers, double levels = 2) {
  return {"handshake", levels, 0, 0, log2Of(real(std::max<std::int64_t>(registers, 2)))};
}

/// What a unit of dot products has in common, whether its lanes share inputs or not.
struct DotUnit {
  std::int64_t lanes = 1;
  std::int64_t simd = 1;
  std::int64_t words = 1;  ///< of weights
  BitWidth weights;
  IntegerFormat input;
  BitWidth accumulator;
  MemoryStyle memory = MemoryStyle::kLogic;
  std::int64_t inputs = 1;  ///< that come at once
};

class PathFinder {
 public:
  explicit PathFinder(const Family& family) : family_(family) {}

  Paths operator()(const MvauBlock& block) {
    addDotUnit({block.pe, block.simd, (block.mw / block.simd) * (block.mh / block.pe),
                block.weights, block.input, block.accumulator, block.memory, block.simd});
    if (block.thresholds) addThresholds(*block.thresholds);
    return paths_;
  }
  Paths operator()(const DepthwiseBlock& block) {
    addDotUnit({block.pe, 1, (block.channels / block.pe) * block.taps, block.weights, block.input,
                block.accumulator, block.memory, block.pe});
    if (block.thresholds) addThresholds(*block.thresholds);
    return paths_;
  }
  Paths operator()(const ThresholdBlock& block) {
    addThresholds(block);
    paths_.push_back(handshake(block.lanes * block.output.width.bits));
    return paths_;
  }
  Paths operator()(const SlidingWindowBlock& block) {
    const bool one = block.kernel_height == 1 && block.kernel_width == 1;
    const bool pads = block.padding_height > 0 || block.padding_width > 0;
    const double folds = real(block.channels / block.lanes);
    // Whether a place lies outside decides whether the next value may be read.
    const double levels = (one ? 4.0 : 5.0) + (pads ? 0.5 * log2Of(2 * folds) : 0);
    return {{"window addresses", levels, addressBits(block.bufferWords()), 0, 0}};
  }
  Paths operator()(const PoolBlock& block) {
    const int a = block.input.width.bits;
    const int b = block.output.width.bits;
    paths_.push_back(handshake(block.lanes * b));
    if (block.sum) {
      paths_.push_back({"sum", 0, real(b), 0, 0});
    } else {
      paths_.push_back(
          {"maximum", a > 1 ? 3.0 : 2.0, a > 2 ? real(a) : 0, 0, log2Of(real(block.lanes * a))});
    }
    return paths_;
  }
  Paths operator()(const WidthConverterBlock& block) {
    const std::int64_t more = std::max(block.input_lanes, block.output_lanes);
    const std::int64_t less = std::min(block.input_lanes, block.output_lanes);
    return {handshake(block.value.bits * more, more % less == 0 ? 2 : 3)};
  }
  Paths operator()(const FifoBlock& block) {
    return {handshake(block.width, block.depth <= 2 ? 2 : 3)};
  }
  Paths operator()(const AddBlock& block) {
    const int bits = block.output.width.bits;
    return {{"adder", 0, real(bits), 0, 0}, handshake(block.lanes * bits)};
  }
  Paths operator()(const ForkBlock& block) { return {handshake(block.width)}; }
  Paths operator()(const ConcatBlock& block) {
    return {handshake(block.lanes * block.output.width.bits, 3)};
  }
  Paths operator()(const UpsampleBlock& block) {
    return {handshake(block.lanes * block.value.bits, 4)};
  }
  Paths operator()(const PixelShuffleBlock& block) {
    return {{"row addresses", 5, addressBits(2 * block.rowBeats()), 0, 0}};
  }

 private:
  /// `columns` bits of `words` constants in look-up tables. A multiplexer that an address bit
  /// beyond the first table adds is shared between bits: 0.8 levels.
  void addConstants(std::int64_t words, std::int64_t columns) {
    const double inside = std::exp2(real(family_.lut_inputs));
    if (real(words) <= inside) return;
    paths_.push_back({"constants in tables", 1 + 0.8 * log2Of(real(words) / inside), 0, 0,
                      log2Of(real(columns * words) / inside)});
  }

  void addThresholds(const ThresholdBlock& block) {
    const int p = block.accumulator.bits;
    const int bits = block.output.width.bits;
    const std::int64_t folds = block.channels / block.lanes;
    if (block.style == ThresholdStyle::kParallel) {
      const std::int64_t columns = block.lanes * block.levels * p;
      paths_.push_back({"thresholds", real(bits), real(p), 0, real(bits)});
      addConstants(folds, columns);
      // The next fold is fetched when a beat is taken; wide enables go through global buffers.
      if (folds > 1) paths_.push_back({"threshold fetch", 3, 0, 0, 0.5 * log2Of(real(columns))});
    } else if (block.memory == MemoryStyle::kBlock) {
      paths_.push_back({"threshold search", 3, real(p), 1, 0});
    } else {
      paths_.push_back({"threshold search", 6, real(p), 0, 0});
      addConstants(folds * (block.levels + 1), block.lanes * p);
    }
  }

  void addDotUnit(const DotUnit& unit) {
    const int w = unit.weights.bits;
    const int a = unit.input.width.bits;
    const int p = unit.accumulator.bits;
    const std::int64_t rows = unit.simd * std::min(w, a);
    const std::int64_t columns = unit.lanes * unit.simd * w;
    LogicPath tree{"products and their sum", compressorLevels(rows) + (rows > 1 ? 2 : 1),
                   rows > 1 ? real(std::min(std::max(w, a), p)) : 0, 0, 0};
    if (unit.memory == MemoryStyle::kBlock) {
      tree.memories = 1;
      tree.levels += 0.5 * log2Of(real(family_.constantStackFor(unit.words, columns).deep));
    } else {
      addConstants(unit.words, columns);
    }
    paths_.push_back(tree);
    paths_.push_back({"accumulator", 1, real(p), 0, 0});
    paths_.push_back(handshake(columns + unit.lanes * p + unit.inputs * a));
  }

  const Family& family_;
  Paths paths_;
};

}  // namespace

double delayOf(const LogicPath& path, const DelayFigures& figures) {
  return figures.base + figures.level * path.levels + figures.carry * path.carries +
         figures.memory * path.memories + figures.fan * path.fan;
}

std::vector<LogicPath> logicPaths(const Block& block, const Family& family) {
  return std::visit(PathFinder(family), block);
}

LogicPath slowestPath(const Block& block, const Family& family, const DelayFigures& figures) {
  const std::vector<LogicPath> paths = logicPaths(block, family);
  return *std::ranges::max_element(
      paths, {}, [&figures](const LogicPath& path) { return delayOf(path, figures); });
}

}  // namespace a2q
