// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/stream_timing.h"

#include <algorithm>
#include <cmath>

namespace a2q {
namespace {

std::int64_t ceilDivide(std::int64_t a, std::int64_t b) { return (a + b - 1) / b; }

struct TimingOf {
  BlockTiming operator()(const MvauBlock& block) const {
    const std::int64_t vector = block.mw / block.simd;
    return {vector, (block.mh / block.pe - 1) * vector + 1};
  }
  BlockTiming operator()(const DepthwiseBlock& block) const { return {block.taps, 1}; }
  BlockTiming operator()(const ThresholdBlock& /*block*/) const { return {1, 1}; }
  BlockTiming operator()(const SlidingWindowBlock& block) const {
    const std::int64_t beats = block.channels / block.lanes;
    const std::int64_t rows =
        std::max<std::int64_t>(block.kernel_height - 1 - block.padding_height, 0);
    const std::int64_t columns =
        std::max<std::int64_t>(block.kernel_width - 1 - block.padding_width, 0);
    return {(rows * block.width + columns + 1) * beats,
            block.kernel_height * block.kernel_width * beats};
  }
  BlockTiming operator()(const PoolBlock& block) const { return {block.taps, 1}; }
  BlockTiming operator()(const WidthConverterBlock& block) const {
    return {ceilDivide(block.output_lanes, block.input_lanes),
            ceilDivide(block.input_lanes, block.output_lanes)};
  }
  BlockTiming operator()(const FifoBlock& /*block*/) const { return {1, 1}; }
  BlockTiming operator()(const AddBlock& /*block*/) const { return {1, 1}; }
  BlockTiming operator()(const ForkBlock& /*block*/) const { return {1, 1}; }
};

}  // namespace

double arrivalOf(const StreamTiming& stream, std::int64_t count) {
  if (stream.beats <= 1) return stream.last;
  const auto share = static_cast<double>(std::clamp<std::int64_t>(count, 1, stream.beats) - 1) /
                     static_cast<double>(stream.beats - 1);
  return stream.first + share * (stream.last - stream.first);
}

StreamTiming through(const StreamTiming& input, const BlockTiming& block) {
  StreamTiming out;
  out.beats = block.beats;
  out.first = arrivalOf(input, block.need) + 1;
  const double own = static_cast<double>(block.cycles) * static_cast<double>(block.beats - 1) /
                     static_cast<double>(block.beats);
  out.last = std::max(input.last + static_cast<double>(block.tail), out.first + own);
  return out;
}

std::int64_t beatsBefore(const StreamTiming& branch, double until) {
  if (until <= branch.first) return 0;
  if (until >= branch.last) return branch.beats;
  const double share = (until - branch.first) / (branch.last - branch.first);
  return static_cast<std::int64_t>(std::ceil(share * static_cast<double>(branch.beats)));
}

BlockTiming timingOf(const Block& block) { return std::visit(TimingOf{}, block); }

}  // namespace a2q
