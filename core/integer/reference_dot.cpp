// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/reference_dot.h"

#include <algorithm>

namespace a2q {
namespace {

/// Wider accumulators cannot be left by sums that fit 64 bits.
constexpr int kWidest = 62;

struct Limits {
  std::int64_t low;
  std::int64_t high;
  int unused_bits;  ///< of 64
};

/// acc += w·x for the channels of a group, lane by lane, and what the sums went through.
template <Overflow kOverflow>
void addProduct(const std::int64_t* weights, std::int64_t x, std::int64_t count,
                const Limits& limits, std::int64_t* sums, std::int64_t* low, std::int64_t* high) {
  for (std::int64_t c = 0; c < count; ++c) {
    std::int64_t sum = sums[c] + weights[c] * x;
    low[c] = std::min(low[c], sum);
    high[c] = std::max(high[c], sum);
    if constexpr (kOverflow == Overflow::kSaturate) {
      sum = std::clamp(sum, limits.low, limits.high);
    } else if constexpr (kOverflow == Overflow::kWrap) {
      const auto bits = static_cast<std::uint64_t>(sum) << limits.unused_bits;
      sum = static_cast<std::int64_t>(bits) >> limits.unused_bits;
    }
    sums[c] = sum;
  }
}

}  // namespace

/// The accumulators of a group at one position, and the extremes of their running sums.
struct ReferenceDot::Lanes {
  std::vector<std::int64_t> sums;
  std::vector<std::int64_t> low;
  std::vector<std::int64_t> high;
  explicit Lanes(std::int64_t count)
      : sums(static_cast<std::size_t>(count)), low(sums.size()), high(sums.size()) {}
  void clear() {
    std::ranges::fill(sums, 0);
    std::ranges::fill(low, 0);
    std::ranges::fill(high, 0);
  }
};

ReferenceDot::ReferenceDot(const DotProduct& dot, AccumulatorMode mode)
    : dot_(dot),
      overflow_(mode.overflow),
      group_channels_(dot.weights.channels / dot.groups),
      group_inputs_(dot.weights.k / (dot.kernel.height * dot.kernel.width)) {
  const IntegerWeights& weights = dot.weights;
  if (weights.accumulator) {
    const BitWidth width = mode.width.value_or(*weights.accumulator);
    if (width.bits <= kWidest) accumulator_ = AccumulatorSpec{width};
  }
  if (!accumulator_) overflow_ = Overflow::kExact;
  by_input_.resize(weights.values.size());
  auto to = by_input_.begin();
  for (std::int64_t group = 0; group < dot.groups; ++group) {
    for (std::int64_t k = 0; k < weights.k; ++k) {
      for (std::int64_t c = 0; c < group_channels_; ++c) {
        *to++ = weights.channel(group * group_channels_ + c)[static_cast<std::size_t>(k)];
      }
    }
  }
}

void ReferenceDot::addProducts(const PlaneView& input, std::int64_t group, std::int64_t y,
                               std::int64_t x, Lanes& lanes) const {
  Limits limits{0, 0, 0};
  if (accumulator_) {
    limits = {static_cast<std::int64_t>(accumulator_->minimum()),
              static_cast<std::int64_t>(accumulator_->maximum()), 64 - accumulator_->width.bits};
  }
  const Shape& from = input.shape;
  const std::int64_t* weights = by_input_.data() + group * dot_.weights.k * group_channels_;
  for (std::int64_t c = 0; c < group_inputs_; ++c) {
    const std::int64_t* plane =
        input.values + (group * group_inputs_ + c) * from.height * from.width;
    for (std::int64_t ky = 0; ky < dot_.kernel.height; ++ky) {
      const std::int64_t iy = y * dot_.stride.height - dot_.padding.height + ky;
      for (std::int64_t kx = 0; kx < dot_.kernel.width; ++kx, weights += group_channels_) {
        const std::int64_t ix = x * dot_.stride.width - dot_.padding.width + kx;
        if (iy < 0 || iy >= from.height || ix < 0 || ix >= from.width) continue;
        const std::int64_t code = plane[iy * from.width + ix];
        if (code == 0) continue;  // adds nothing, whatever the accumulator does
        const auto add = overflow_ == Overflow::kWrap       ? addProduct<Overflow::kWrap>
                         : overflow_ == Overflow::kSaturate ? addProduct<Overflow::kSaturate>
                                                            : addProduct<Overflow::kExact>;
        add(weights, code, group_channels_, limits, lanes.sums.data(), lanes.low.data(),
            lanes.high.data());
      }
    }
  }
}

void ReferenceDot::run(const PlaneView& input, const Shape& shape, std::int64_t* out,
                       std::vector<ChannelObservation>& channels) const {
  Lanes lanes(group_channels_);
  const std::int64_t plane = shape.height * shape.width;
  for (std::int64_t position = 0; position < plane * dot_.groups; ++position) {
    const std::int64_t group = position / plane;
    const std::int64_t y = position % plane / shape.width;
    const std::int64_t x = position % shape.width;
    lanes.clear();
    addProducts(input, group, y, x, lanes);
    for (std::int64_t c = 0; c < group_channels_; ++c) {
      const auto lane = static_cast<std::size_t>(c);
      const std::int64_t channel = group * group_channels_ + c;
      out[channel * plane + position % plane] = lanes.sums[lane];
      ChannelObservation& seen = channels[static_cast<std::size_t>(channel)];
      seen.low = std::min(seen.low, lanes.low[lane]);
      seen.high = std::max(seen.high, lanes.high[lane]);
      if (accumulator_ && !accumulator_->holds(lanes.low[lane], lanes.high[lane])) ++seen.overflows;
    }
  }
}

}  // namespace a2q
