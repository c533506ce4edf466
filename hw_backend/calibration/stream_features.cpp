// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <bit>
#include <numeric>
#include <set>

#include "hw_backend/calibration/feature_parts.h"

namespace a2q {
namespace {

/// Counters of a block: those of one value are not built.
struct Counters {
  double bits = 0;
  double number = 0;
};
template <std::size_t kCount>
Counters countersOf(const std::array<std::int64_t, kCount>& counts) {
  Counters out;
  for (const std::int64_t count : counts) {
    out.bits += counterBits(count);
    out.number += oneIf(count > 1);
  }
  return out;
}

/// A memory that is written, with what stands round it where it is made of registers or tables.
void addMemory(const MemoryChoice& memory, std::int64_t words, std::int64_t bits, Features& to) {
  const bool registers = memory.register_bits > 0;
  const bool tables = memory.table_bits > 0;
  const double stacked = real(memory.stack.deep - 1);
  addTerms(to.lut, {memory.table_bits / 64, memory.register_bits, oneIf(registers) * real(words),
                    oneIf(memory.stack.blocks > 0) * real(bits), stacked * real(bits), stacked,
                    oneIf(registers) * real(bits)});
  addTerms(to.ff,
           {oneIf(tables) * real(bits), memory.register_bits, oneIf(registers) * real(bits)});
}

/// Bits that count where a window stands along one side: a2q_window_edge.
double edgeBits(std::int64_t size, std::int64_t kernel, std::int64_t stride, std::int64_t padding) {
  return counterBits(size + 2 * padding + stride + kernel);
}

/// How many different steps and moves a sliding window chooses among: those of a2q_sliding_window
/// that occur.
struct WindowChoices {
  double steps = 0;
  double moves = 0;
};
WindowChoices choicesOf(const SlidingWindowBlock& block, std::int64_t rows, std::int64_t columns) {
  const std::int64_t folds = block.channels / block.lanes;
  const std::int64_t row = block.rowBeats();
  const std::int64_t span = (block.kernel_height - 1) * row + block.kernel_width * folds;
  const std::int64_t back = (columns - 1) * block.stride_width * folds;
  const std::int64_t right = block.stride_width * folds;
  const std::int64_t down = block.stride_height * row - back;
  const std::int64_t image = block.height * row - (rows - 1) * block.stride_height * row - back;
  const bool depthwise = block.order == WindowOrder::kDepthwise;
  const std::int64_t along = (block.kernel_width - 1) * folds;
  std::set<std::int64_t> steps{image - (span - 1)};
  std::set<std::int64_t> moves{image};
  if (folds * block.kernel_height * block.kernel_width > 1) steps.insert(depthwise ? folds : 1);
  if (block.kernel_height > 1) steps.insert(depthwise ? row - along : row - along - folds + 1);
  if (depthwise && folds > 1) steps.insert(1 - (block.kernel_height - 1) * row - along);
  if (columns > 1) steps.insert(right - (span - 1));
  if (rows > 1) steps.insert(down - (span - 1));
  if (columns > 1) moves.insert(right);
  if (rows > 1) moves.insert(down);
  return {real(static_cast<std::int64_t>(steps.size()) - 1),
          real(static_cast<std::int64_t>(moves.size()) - 1)};
}

/// Positions of a window along one side.
std::int64_t positions(std::int64_t size, std::int64_t padding, std::int64_t kernel,
                       std::int64_t stride) {
  return (size + 2 * padding - kernel) / stride + 1;
}

}  // namespace

Features streamTerms(const SlidingWindowBlock& block, const Family& family) {
  const std::int64_t folds = block.channels / block.lanes;
  const std::int64_t depth = block.bufferWords();
  const std::int64_t bits = block.lanes * block.format.width.bits;
  const double address = counterBits(depth);
  const double distance = counterBits(depth + block.rowBeats()) + 3;
  const std::int64_t across =
      positions(block.width, block.padding_width, block.kernel_width, block.stride_width);
  const std::int64_t down =
      positions(block.height, block.padding_height, block.kernel_height, block.stride_height);
  const Counters counters =
      countersOf<5>({block.kernel_width, block.kernel_height, folds, across, down});
  const WindowChoices choices = choicesOf(block, down, across);
  const double chooses = oneIf(choices.steps > 0);
  const double rows =
      edgeBits(block.height, block.kernel_height, block.stride_height, block.padding_height);
  const double columns =
      edgeBits(block.width, block.kernel_width, block.stride_width, block.padding_width);
  const double above = oneIf(block.padding_height > 0);
  const double beside = oneIf(block.padding_width > 0);
  const double padded = std::max(above, beside);
  const double inner = oneIf(block.kernel_height * block.kernel_width > 1);
  Features terms{{1, address, distance, counters.bits, counters.number, above + beside,
                  above * rows + beside * columns, padded * real(bits),
                  oneIf(block.order == WindowOrder::kDepthwise) * counters.number, inner,
                  inner * address, inner * distance, choices.steps, choices.steps * distance,
                  choices.moves, choices.moves * distance, chooses * address},
                 {1, address, distance, counters.bits, counters.number, padded,
                  padded * (rows + columns), inner, chooses * address}};
  addMemory(writtenMemory(family, depth, bits, block.memory), depth, bits, terms);
  return terms;
}

Features streamTerms(const PoolBlock& block) {
  const double lanes = real(block.lanes);
  const double in = block.input.width.bits;
  const double out = block.output.width.bits;
  const double sum = oneIf(block.sum);
  const double most = 1 - sum;
  const double extended = sum * oneIf(block.input.isSigned());
  return {{1, counterBits(block.taps), most * lanes, most * lanes * in,
           most * lanes * oneIf(block.input.width.bits == 1),
           most * lanes * oneIf(block.input.width.bits == 2),
           most * lanes * oneIf(block.input.isSigned()), sum * lanes, sum * lanes * in,
           sum * lanes * out, extended * lanes * (out - in)},
          {1, counterBits(block.taps), oneIf(block.taps > 1), lanes * out}};
}

Features streamTerms(const WidthConverterBlock& block) {
  const std::int64_t middle = std::lcm(block.input_lanes, block.output_lanes);
  const double bits = block.value.bits;
  const double in = real(block.input_lanes) * bits;
  const double out = real(block.output_lanes) * bits;
  const double widens = oneIf(middle == block.output_lanes);
  const double narrows = (1 - widens) * oneIf(middle == block.input_lanes);
  const double both = 1 - widens - narrows;
  const double between = both * real(middle) * bits;
  const Counters counters =
      countersOf<2>({middle / block.input_lanes, middle / block.output_lanes});
  return {
      {widens, narrows, both, counters.bits, counters.number, widens * in, widens * out,
       narrows * in, narrows * out, between, both * out,
       widens * oneIf(block.input_lanes == block.output_lanes)},
      {widens, narrows, both, counters.bits, counters.number, widens * out, narrows * in, between}};
}

Features streamTerms(const FifoBlock& block, const Family& family) {
  const MemoryChoice memory = writtenMemory(family, block.depth, block.width, block.memory);
  const double address = counterBits(block.depth);
  Features terms{{1, address}, {1, address, oneIf(memory.stack.blocks > 0) * real(block.width)}};
  addMemory(memory, block.depth, block.width, terms);
  return terms;
}

Features streamTerms(const AddBlock& block) {
  const double lanes = real(block.lanes);
  const double bits = lanes * block.output.width.bits;
  return {{1, lanes, bits}, {1, bits}};
}

Features streamTerms(const ForkBlock& block) {
  return {{1, real(block.width)}, {1, real(block.width)}};
}

Features streamTerms(const ConcatBlock& block) {
  const Counters counters =
      countersOf<2>({block.left_channels / block.lanes, block.right_channels / block.lanes});
  const double bits = real(block.lanes) * block.output.width.bits;
  return {{1, counters.bits, counters.number, bits}, {1, counters.bits, counters.number, bits}};
}

Features streamTerms(const UpsampleBlock& block, const Family& family) {
  const std::int64_t folds = block.channels / block.lanes;
  const std::int64_t bits = block.lanes * block.value.bits;
  const Counters counters = countersOf<2>({block.rowBeats(), folds});
  const double factor = counterBits(block.factor);
  Features terms{{1, counters.bits, counters.number, factor, real(bits)},
                 {1, counters.bits, counters.number, factor, real(bits)}};
  const bool round = block.pixelsGoRound();
  // A chain of three registers without a reset becomes a shift register in a table on 7 series.
  const bool shifts = round && family.name == "xc7" && folds > 3;
  const double ring = oneIf(round && !shifts) * real(folds * bits);
  const double shifted = oneIf(shifts) * real(bits);
  const auto pixel =
      round ? MemoryChoice{} : oneAddressMemory(family, folds, bits, MemoryStyle::kLogic);
  // Of several beats that go round, the newest one is chosen bit by bit.
  const double chosen = oneIf(round && folds > 1) * real(bits);
  addTerms(terms.lut, {ring, shifted, chosen});
  addTerms(terms.ff, {ring, shifted});
  addMemory(pixel, folds, bits, terms);
  addMemory(oneAddressMemory(family, block.rowBeats(), bits, block.memory), block.rowBeats(), bits,
            terms);
  return terms;
}

Features streamTerms(const PixelShuffleBlock& block, const Family& family) {
  const std::int64_t words = 2 * block.rowBeats();
  const std::int64_t bits = block.value.bits;
  const double address = counterBits(words);
  const Counters counters =
      countersOf<5>({block.channels, block.factor, block.factor, block.width, block.rowBeats()});
  // Places go round by themselves where their number is a power of two.
  const double round = oneIf(!std::has_single_bit(static_cast<std::uint64_t>(words)));
  Features terms{{1, address, counters.bits, counters.number, oneIf(block.channels > 1) * address,
                  round, round * address},
                 {1, address, counters.bits, counters.number}};
  addMemory(writtenMemory(family, words, bits, block.memory), words, bits, terms);
  return terms;
}

}  // namespace a2q
