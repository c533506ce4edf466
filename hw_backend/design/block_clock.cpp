// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/block_clock.h"

#include <cmath>

#include "core/base/ceil_divide.h"

namespace a2q {
namespace {

/// Cycles that thresholds take for a beat.
std::int64_t stepsOf(const ThresholdBlock& block) {
  return block.style == ThresholdStyle::kBinarySearch ? block.output.width.bits : 1;
}

/// Registers of thresholds: a search has one for the beat it looks at, too.
std::int64_t registersOf(const ThresholdBlock& block) {
  return block.style == ThresholdStyle::kBinarySearch ? stepsOf(block) + 1 : 1;
}

/// Inputs beside weights, sums of the trees, accumulators; then the thresholds.
std::int64_t dotRegisters(const std::optional<ThresholdBlock>& thresholds) {
  return 3 + (thresholds ? registersOf(*thresholds) : 0);
}

struct TimingOf {
  BlockTiming operator()(const MvauBlock& block) const {
    const std::int64_t vector = block.mw / block.simd;
    const std::int64_t row = std::max(vector, block.thresholds ? stepsOf(*block.thresholds) : 1);
    const std::int64_t replay = block.mh > block.pe ? 1 : 0;
    return {vector, (block.mh / block.pe - 1) * row + 1, replay + dotRegisters(block.thresholds)};
  }
  BlockTiming operator()(const DepthwiseBlock& block) const {
    return {block.taps, 1, dotRegisters(block.thresholds)};
  }
  BlockTiming operator()(const ThresholdBlock& block) const { return {1, 1, registersOf(block)}; }
  /// Once its pixels are there: from the last word in to the last one out.
  BlockTiming operator()(const SlidingWindowBlock& /*block*/) const { return {1, 1, 2}; }
  BlockTiming operator()(const PoolBlock& block) const { return {block.taps, 1, 1}; }
  BlockTiming operator()(const WidthConverterBlock& block) const {
    const bool divides =
        block.input_lanes % block.output_lanes == 0 || block.output_lanes % block.input_lanes == 0;
    return {ceilDivide(block.output_lanes, block.input_lanes),
            ceilDivide(block.input_lanes, block.output_lanes), divides ? 1 : 2};
  }
  /// A memory and an output register.
  BlockTiming operator()(const FifoBlock& /*block*/) const { return {1, 1, 2}; }
  BlockTiming operator()(const AddBlock& /*block*/) const { return {1, 1, 1}; }
  BlockTiming operator()(const ForkBlock& /*block*/) const { return {1, 1, 1}; }
  BlockTiming operator()(const ConcatBlock& /*block*/) const { return {1, 1, 1}; }
  /// Once its row is there.
  BlockTiming operator()(const UpsampleBlock& /*block*/) const { return {1, 1, 2}; }
  BlockTiming operator()(const PixelShuffleBlock& /*block*/) const { return {1, 1, 2}; }
};

}  // namespace

BlockTiming timingOf(const Block& block) { return std::visit(TimingOf{}, block); }

BlockClock::BlockClock(const Block& block, std::int64_t in, std::int64_t out, double cycles,
                       double period)
    : BlockClock(timingOf(block), in, out, cycles, period) {}

BlockClock::BlockClock(const BlockTiming& timing, std::int64_t in, std::int64_t out, double cycles,
                       double period)
    : tail_(static_cast<double>(timing.tail)),
      registers_(static_cast<double>(timing.registers)),
      needed_(static_cast<double>(timing.need - 1)),
      needs_all_(timing.need >= in),
      needed_share_(needs_all_ ? 1 : needed_ / static_cast<double>(in - 1)),
      patience_(period - tail_),
      busy_(std::max(static_cast<double>(in), cycles - (tail_ - 1)) - 1),
      out_spacing_(cycles / static_cast<double>(out)),
      out_span_(static_cast<double>(out - 1) * out_spacing_) {}

bool BlockClock::follow(const PixelTimes& available, PixelTimes& given, PixelTimes* taken) {
  given.resize(available.size());
  if (taken != nullptr) taken->resize(available.size());
  BlockClock clock = *this;  // a copy of its own, which lives in registers
  const auto pixel = [&](std::size_t i) {
    const Step step = clock.next(available[i]);
    given[i] = step.given;
    if (taken != nullptr) (*taken)[i] = step.taken;
  };
  pixel(0);
  if (clock.state() == after_first_) return true;
  clock.after_first_ = clock.state();
  for (std::size_t i = 1; i < available.size(); ++i) pixel(i);
  *this = clock;
  return false;
}

void BlockClock::nextSample(double period) {
  free_ = std::max(free_ - period, 0.0);
  next_given_ = std::max(next_given_ - period, 0.0);
  constexpr double kRounding = 1e-6;
  repeats_ =
      std::abs(free_ - found_free_) < kRounding && std::abs(next_given_ - found_given_) < kRounding;
  found_free_ = free_;
  found_given_ = next_given_;
}

}  // namespace a2q
