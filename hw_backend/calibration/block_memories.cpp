// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>

#include "hw_backend/calibration/features.h"
#include "hw_backend/calibration/memory_choice.h"
#include "hw_backend/calibration/weights_within.h"

namespace a2q {
namespace {

double blocksOf(const MemoryChoice& memory) { return static_cast<double>(memory.stack.blocks); }

struct MemoryCounter {
  const Family& family;

  [[nodiscard]] double constants(std::int64_t words, std::int64_t bits, MemoryStyle style) const {
    if (style != MemoryStyle::kBlock || words < 2) return 0;
    return static_cast<double>(family.constantStackFor(words, bits).blocks);
  }
  [[nodiscard]] double dot(const DotShape& dot) const {
    const auto bits = static_cast<double>(dot.pe * dot.simd * dot.weights.bits);
    return constants(dot.folds() * dot.steps(), std::lround(bits * weightsWithin(dot).columns),
                     dot.memory);
  }
  [[nodiscard]] double thresholds(const std::optional<ThresholdBlock>& block) const {
    if (!block || block->style == ThresholdStyle::kParallel) return 0;
    return static_cast<double>(block->lanes) *
           constants(block->channels / block->lanes << block->output.width.bits,
                     block->accumulator.bits, block->memory);
  }

  double operator()(const MvauBlock& block) const {
    return dot(dotShape(block)) + thresholds(block.thresholds) +
           blocksOf(replayMemory(dotShape(block), family));
  }
  double operator()(const DepthwiseBlock& block) const {
    return dot(dotShape(block)) + thresholds(block.thresholds);
  }
  double operator()(const ThresholdBlock& block) const { return thresholds(block); }
  double operator()(const SlidingWindowBlock& block) const {
    return blocksOf(writtenMemory(family, block.bufferWords(),
                                  block.lanes * block.format.width.bits, block.memory));
  }
  double operator()(const FifoBlock& block) const {
    return blocksOf(writtenMemory(family, block.depth, block.width, block.memory));
  }
  double operator()(const UpsampleBlock& block) const {
    const std::int64_t folds = block.channels / block.lanes;
    const std::int64_t bits = block.lanes * block.value.bits;
    const double row = blocksOf(oneAddressMemory(family, block.rowBeats(), bits, block.memory));
    if (block.pixelsGoRound()) return row;
    return row + blocksOf(oneAddressMemory(family, folds, bits, MemoryStyle::kLogic));
  }
  double operator()(const PixelShuffleBlock& block) const {
    return blocksOf(writtenMemory(family, 2 * block.rowBeats(), block.value.bits, block.memory));
  }
  template <class Other>
  double operator()(const Other& /*block*/) const {
    return 0;
  }
};

}  // namespace

double blockMemories(const Block& block, const Family& family) {
  return std::visit(MemoryCounter{family}, block);
}

}  // namespace a2q
