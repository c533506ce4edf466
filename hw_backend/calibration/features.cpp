// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/calibration/features.h"

#include <algorithm>
#include <cmath>

#include "hw_backend/calibration/memory_choice.h"
#include "hw_backend/rtl/dot_shape.h"

namespace a2q {
namespace {

double real(std::int64_t value) { return static_cast<double>(value); }

/// Bits of a counter over `count` values; none for one.
double counterBits(std::int64_t count) { return count > 1 ? std::ceil(std::log2(real(count))) : 0; }

/// Constants of `columns` bits a word in look-up tables: columns that are alike share everything,
/// and of few words there are few different columns.
struct Constants {
  double columns = 0;  ///< that are different and not constant
  double tables = 0;   ///< look-up tables behind them
};
Constants constantsOf(double columns, std::int64_t words, const Family& family) {
  if (words < 2) return {};
  const double kinds = words < 40 ? std::exp2(real(words)) : 0;
  double different = columns;
  if (kinds > 0) different = (kinds - 2) * (1 - std::exp(-columns / kinds));
  const double inside = std::exp2(family.lut_inputs);
  // Six-input tables and those of ECP5 and Gowin are joined by multiplexers of the slice.
  const bool slice_multiplexers = family.name != "ice40";
  const double deep = std::max(1.0, real(words) / inside);
  const double each = slice_multiplexers ? deep : 2 * deep - 1;
  return {different, different * each};
}

/// Bits of all adders of a balanced tree over `count` values of `width` bits.
double treeBits(std::int64_t count, double width) {
  double bits = 0;
  for (std::int64_t left = count; left > 1; left = (left + 1) / 2) {
    width += 1;
    bits += real(left / 2) * width;
  }
  return bits;
}

/// How much of the weights a P-bit accumulator leaves: the share of the L1 norm of uniform weights.
double filling(const DotShape& dot) {
  const double reach =
      std::exp2(dot.accumulator.bits - 1) / real(std::max<std::int64_t>(dot.input.maximum(), 1));
  const double uniform = real(dot.length) * std::exp2(dot.weights.bits - 2) / 2;
  return std::min(1.0, reach / std::max(uniform, 1.0));
}

void append(std::vector<double>& to, std::initializer_list<double> values) {
  to.insert(to.end(), values);
}

/// Memory of constants that was asked to be logic; none of it in block memory.
double inLogic(MemoryStyle style) { return style == MemoryStyle::kLogic ? 1 : 0; }

MemoryChoice replayOf(const MvauBlock& block, const Family& family) {
  const DotShape dot = dotShape(block);
  if (dot.folds() < 2 || dot.steps() < 2) return {};
  return writtenMemory(family, dot.steps(), dot.simd * dot.input.width.bits, MemoryStyle::kLogic);
}

void addDot(const DotShape& dot, double input_bits, const Family& family, Features& to) {
  const double pe = real(dot.pe);
  const double simd = real(dot.simd);
  const double w = dot.weights.bits;
  const double a = dot.input.width.bits;
  const double p = dot.accumulator.bits;
  const double tree = w + a + counterBits(dot.simd);
  const std::int64_t words = dot.folds() * dot.steps();
  const Constants weights = constantsOf(pe * simd * w * inLogic(dot.memory), words, family);
  const double fill = filling(dot);
  const double variable = words > 1 ? 1 : 0;
  const double lanes = pe * simd;
  append(to.lut, {1, variable * lanes * w * a, variable * lanes * (w + a), variable * lanes,
                  (1 - variable) * lanes * w * a * fill, pe * treeBits(dot.simd, w + a), pe * p,
                  pe * std::min(p, tree), weights.tables, weights.tables * fill,
                  counterBits(dot.steps()), counterBits(words)});
  append(to.ff,
         {1, pe * p, pe * std::min(p, tree), input_bits, weights.columns, weights.columns * fill,
          counterBits(dot.steps()), counterBits(words), (1 - variable) * pe * tree});
}

void addThresholds(const std::optional<ThresholdBlock>& given, const Family& family, Features& to) {
  const ThresholdBlock block = given.value_or(ThresholdBlock{});
  const bool parallel = given && block.style == ThresholdStyle::kParallel;
  const bool search = given && block.style == ThresholdStyle::kBinarySearch;
  const std::int64_t folds = block.channels / block.lanes;
  const double lanes = real(block.lanes);
  const double p = block.accumulator.bits;
  const double b = block.output.width.bits;
  const double levels = real(block.levels);
  const double compared = lanes * levels * p;
  const Constants bounds = constantsOf(compared, folds, family);
  const double fixed = folds == 1 ? 1 : 0;
  const Constants searched =
      constantsOf(lanes * p * inLogic(block.memory), folds << block.output.width.bits, family);
  const double yes = parallel ? 1 : 0;
  const double no = search ? 1 : 0;
  append(to.lut, {yes, yes * (1 - fixed) * compared, yes * fixed * compared, yes * lanes * levels,
                  yes * bounds.tables, yes * counterBits(folds)});
  append(to.lut,
         {no, no * lanes * p, no * lanes * b, no * searched.tables, no * counterBits(folds)});
  append(to.ff, {yes, yes * lanes * b, yes * bounds.columns, yes * counterBits(folds)});
  append(to.ff,
         {no, no * lanes * (p + 2 * b), no * searched.columns, no * (b + counterBits(folds))});
}

void addMemory(const MemoryChoice& memory, std::int64_t words, std::int64_t bits, Features& to) {
  append(to.lut, {memory.table_bits / 64, memory.register_bits,
                  memory.register_bits > 0 ? real(words) : 0, real(bits)});
  append(to.ff, {memory.table_bits > 0 ? real(bits) : 0, memory.register_bits,
                 memory.register_bits > 0 ? real(bits) : 0});
}

struct Reader {
  const Family& family;

  Features operator()(const MvauBlock& block) const {
    Features features;
    const DotShape dot = dotShape(block);
    const double beat = real(dot.simd * dot.input.width.bits);
    addDot(dot, beat, family, features);
    addThresholds(block.thresholds, family, features);
    const bool replays = dot.folds() > 1;
    addMemory(replayOf(block, family), dot.steps(), replays ? dot.simd * dot.input.width.bits : 0,
              features);
    append(features.lut, {replays ? 1.0 : 0, counterBits(dot.folds())});
    append(features.ff, {replays ? beat : 0, counterBits(dot.folds())});
    return features;
  }
  Features operator()(const DepthwiseBlock& block) const {
    Features features;
    addDot(dotShape(block), real(block.pe * block.input.width.bits), family, features);
    addThresholds(block.thresholds, family, features);
    return features;
  }
  Features operator()(const ThresholdBlock& block) const {
    Features features{{1}, {1}};
    addThresholds(block, family, features);
    return features;
  }
  Features operator()(const SlidingWindowBlock& block) const {
    const std::int64_t folds = block.channels / block.lanes;
    const std::int64_t depth = block.bufferWords();
    const std::int64_t bits = block.lanes * block.format.width.bits;
    const double address = counterBits(depth);
    const double distance = counterBits(depth + block.rowBeats()) + 3;
    const double padded = block.padding_height + block.padding_width > 0 ? 1 : 0;
    const double edges = counterBits(block.height) + counterBits(block.width);
    const double kernel = counterBits(block.kernel_height) + counterBits(block.kernel_width);
    Features features{
        {1, address, distance, kernel, counterBits(folds), edges, padded, padded * edges,
         padded * real(bits)},
        {1, address, distance, kernel, counterBits(folds), edges, padded, padded * edges}};
    addMemory(writtenMemory(family, depth, bits, block.memory), depth, bits, features);
    return features;
  }
  Features operator()(const PoolBlock& block) const {
    const double lanes = real(block.lanes);
    const double in = block.input.width.bits;
    const double out = block.output.width.bits;
    const double sum = block.sum ? 1 : 0;
    return {{1, counterBits(block.taps), (1 - sum) * lanes * in, sum * lanes * out, lanes},
            {1, counterBits(block.taps), lanes * out}};
  }
  Features operator()(const WidthConverterBlock& block) const {
    const double in = real(block.input_lanes * block.value.bits);
    const double out = real(block.output_lanes * block.value.bits);
    const bool widens = block.output_lanes % block.input_lanes == 0;
    const bool narrows = block.input_lanes % block.output_lanes == 0;
    const double both = widens || narrows ? 0 : 1;
    const double larger = std::max(in, out);
    return {{1, widens ? in : 0, widens ? out : 0, narrows && !widens ? in : 0,
             narrows && !widens ? out : 0, both, both * larger,
             counterBits(
                 std::max<std::int64_t>(1, static_cast<std::int64_t>(larger / std::min(in, out))))},
            {1, in, out, both * larger,
             counterBits(std::max<std::int64_t>(
                 1, static_cast<std::int64_t>(larger / std::min(in, out))))}};
  }
  Features operator()(const FifoBlock& block) const {
    Features features{{1, counterBits(block.depth)}, {1, counterBits(block.depth)}};
    addMemory(writtenMemory(family, block.depth, block.width, block.memory), block.depth,
              block.width, features);
    return features;
  }
  Features operator()(const AddBlock& block) const {
    const double bits = real(block.lanes) * block.output.width.bits;
    return {{1, bits}, {1, bits}};
  }
  Features operator()(const ForkBlock& block) const {
    return {{1, real(block.width)}, {1, real(block.width)}};
  }
};

struct MemoryCounter {
  const Family& family;

  [[nodiscard]] double constants(std::int64_t words, std::int64_t bits, MemoryStyle style) const {
    return style == MemoryStyle::kBlock && words > 1 ? real(family.blocksFor(words, bits)) : 0;
  }
  [[nodiscard]] double dot(const DotShape& dot) const {
    return constants(dot.folds() * dot.steps(), dot.pe * dot.simd * dot.weights.bits, dot.memory);
  }
  [[nodiscard]] double thresholds(const std::optional<ThresholdBlock>& block) const {
    if (!block || block->style == ThresholdStyle::kParallel) return 0;
    return real(block->lanes) *
           constants(block->channels / block->lanes << block->output.width.bits,
                     block->accumulator.bits, block->memory);
  }

  double operator()(const MvauBlock& block) const {
    return dot(dotShape(block)) + thresholds(block.thresholds) +
           real(replayOf(block, family).blocks);
  }
  double operator()(const DepthwiseBlock& block) const {
    return dot(dotShape(block)) + thresholds(block.thresholds);
  }
  double operator()(const ThresholdBlock& block) const { return thresholds(block); }
  double operator()(const SlidingWindowBlock& block) const {
    return real(writtenMemory(family, block.bufferWords(), block.lanes * block.format.width.bits,
                              block.memory)
                    .blocks);
  }
  double operator()(const FifoBlock& block) const {
    return real(writtenMemory(family, block.depth, block.width, block.memory).blocks);
  }
  template <class Other>
  double operator()(const Other& /*block*/) const {
    return 0;
  }
};

}  // namespace

Features featuresOf(const Block& block, const Family& family) {
  return std::visit(Reader{family}, block);
}

double blockMemories(const Block& block, const Family& family) {
  return std::visit(MemoryCounter{family}, block);
}

}  // namespace a2q
