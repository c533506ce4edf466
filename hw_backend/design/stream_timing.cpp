// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/stream_timing.h"

#include <algorithm>
#include <cmath>

namespace a2q {
namespace {

std::int64_t ceilDivide(std::int64_t a, std::int64_t b) { return (a + b - 1) / b; }

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

/// How many of `beats` beats of a pixel have come at a time.
double cameBefore(const PixelTime& pixel, std::int64_t beats, double time) {
  if (time < pixel.first) return 0;
  if (time >= pixel.last) return static_cast<double>(beats);
  const double share = (time - pixel.first) / (pixel.last - pixel.first);
  return 1 + share * static_cast<double>(beats - 1);
}

}  // namespace

PixelStream evenStream(std::int64_t pixels, std::int64_t beats, double spacing) {
  PixelStream out{beats / pixels, {}};
  out.pixels.reserve(static_cast<std::size_t>(pixels));
  for (std::int64_t i = 0; i < pixels; ++i) {
    const double first = static_cast<double>(i * out.beats) * spacing;
    out.pixels.push_back({first, first + static_cast<double>(out.beats - 1) * spacing});
  }
  return out;
}

PixelStream seenAs(PixelStream stream, std::int64_t pixels) {
  const auto given = static_cast<std::int64_t>(stream.pixels.size());
  if (given == pixels) return stream;
  const std::int64_t beats = stream.beats * given;
  const PixelTime all{stream.first(), stream.last()};
  PixelStream out{beats / pixels, {}};
  for (std::int64_t i = 0; i < pixels; ++i)
    out.pixels.push_back(
        {arrivalOf(all, beats, i * out.beats + 1), arrivalOf(all, beats, (i + 1) * out.beats)});
  return out;
}

BlockTiming timingOf(const Block& block) { return std::visit(TimingOf{}, block); }

BlockClock::BlockClock(const Block& block, std::int64_t in, std::int64_t out, double cycles,
                       double period)
    : timing_(timingOf(block)),
      in_(in),
      tail_(static_cast<double>(timing_.tail)),
      registers_(static_cast<double>(timing_.registers)),
      needed_(static_cast<double>(timing_.need - 1)),
      patience_(period - tail_),
      busy_(std::max(static_cast<double>(in), cycles - (tail_ - 1)) - 1),
      out_spacing_(cycles / static_cast<double>(out)),
      out_span_(static_cast<double>(out - 1) * out_spacing_) {}

void BlockClock::nextSample(double period) {
  free_ = std::max(free_ - period, 0.0);
  next_given_ = std::max(next_given_ - period, 0.0);
  constexpr double kRounding = 1e-6;
  repeats_ =
      std::abs(free_ - found_free_) < kRounding && std::abs(next_given_ - found_given_) < kRounding;
  found_free_ = free_;
  found_given_ = next_given_;
}

std::int64_t mostWaiting(const PixelStream& stream, const std::vector<PixelTime>& taken,
                         double period) {
  const std::size_t count = stream.pixels.size();
  std::size_t come = 0;  // pixels that have come whole
  std::size_t next = 0;  // the one after them, of its sample, which begins `later`
  double later = 0;
  double most = 0;
  for (std::size_t i = 0; i < count; ++i)
    for (const bool begins : {true, false}) {
      const double time = begins ? taken[i].first : taken[i].last;
      while (stream.pixels[next].last + later <= time) {
        ++come;
        if (++next < count) continue;
        next = 0;
        later += period;
      }
      const PixelTime arrival{stream.pixels[next].first + later, stream.pixels[next].last + later};
      const double came = static_cast<double>(come) * static_cast<double>(stream.beats) +
                          cameBefore(arrival, stream.beats, time);
      const auto gone =
          static_cast<double>(i + (begins ? 0 : 1)) * static_cast<double>(stream.beats);
      most = std::max(most, came - gone);
    }
  return static_cast<std::int64_t>(std::ceil(most));
}

}  // namespace a2q
