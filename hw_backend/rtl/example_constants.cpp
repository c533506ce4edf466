// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/rtl/example_constants.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <span>
#include <utility>

#include "core/bounds/accumulator_bounds.h"
#include "core/data/counter_random.h"
#include "hw_backend/rtl/dot_shape.h"

namespace a2q {
namespace {

enum Stream : std::uint64_t { kWeightStream, kThresholdStream };

std::int64_t between(CounterRandom& random, std::int64_t low, std::int64_t high) {
  const auto count = static_cast<std::uint64_t>(high - low) + 1;
  return low + static_cast<std::int64_t>(random.bits() % count);
}

SignedSums with(SignedSums sums, std::int64_t weight) {
  (weight > 0 ? sums.positive : sums.negative) += std::abs(weight);
  return sums;
}

/// The weights of one channel, filled within P bits.
class ChannelFiller {
 public:
  ChannelFiller(const DotShape& dot, CounterRandom random)
      : dot_(dot), random_(random), limit_(weightLimit(dot.weights)) {}

  void fill(std::span<std::int32_t> weights) {
    bool cut = false;
    for (const std::size_t at : shuffled(weights.size())) {
      auto weight = between(random_, -limit_, limit_);
      for (; weight != 0 && !fits(with(sums_, weight)); weight -= weight > 0 ? 1 : -1) cut = true;
      sums_ = with(sums_, weight);
      weights[at] = static_cast<std::int32_t>(weight);
    }
    if (cut) tighten(weights);
  }

 private:
  [[nodiscard]] bool fits(SignedSums sums) const {
    const auto range = exactRange(sums, rangeOf(dot_.input));
    return AccumulatorSpec{dot_.accumulator}.holds(range.low, range.high);
  }

  void tighten(std::span<std::int32_t> weights) {
    for (const std::size_t at : shuffled(weights.size())) {
      const int sign = weights[at] != 0 ? (weights[at] > 0 ? 1 : -1) : (at % 2 == 0 ? 1 : -1);
      while (std::abs(weights[at]) < limit_ && fits(with(sums_, sign))) {
        sums_ = with(sums_, sign);
        weights[at] += sign;
      }
    }
  }

  std::vector<std::size_t> shuffled(std::size_t count) {
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t left = count; left > 1; --left)
      std::swap(order[left - 1], order[random_.bits() % left]);
    return order;
  }

  const DotShape& dot_;
  CounterRandom random_;
  std::int64_t limit_;
  SignedSums sums_;
};

std::vector<std::int32_t> exampleWeights(const DotShape& dot, std::uint64_t seed) {
  std::vector<std::int32_t> weights(static_cast<std::size_t>(dot.rows * dot.length));
  for (std::int64_t row = 0; row < dot.rows; ++row) {
    const auto channel = std::span(weights).subspan(static_cast<std::size_t>(row * dot.length),
                                                    static_cast<std::size_t>(dot.length));
    ChannelFiller(dot, CounterRandom(seed, kWeightStream, static_cast<std::uint64_t>(row)))
        .fill(channel);
  }
  return weights;
}

/// The thresholds T that tell something about a channel and for which −T fits P bits.
std::pair<std::int64_t, std::int64_t> thresholdRange(const ThresholdBlock& block,
                                                     AccumulatorRange reach) {
  const AccumulatorSpec accumulator{block.accumulator};
  const Int128 low = std::max(reach.low, accumulator.minimum() + 1);
  const Int128 high = std::max(low, std::min(reach.high, accumulator.maximum()));
  return {static_cast<std::int64_t>(low), static_cast<std::int64_t>(high)};
}

}  // namespace

BlockConstants exampleConstants(const Block& block, std::uint64_t seed) {
  BlockConstants constants;
  const auto dot = dotShapeOf(block);
  if (dot) constants.weights = exampleWeights(*dot, seed);
  const auto thresholds = thresholdsOf(block);
  if (!thresholds) return constants;
  const AccumulatorSpec accumulator{thresholds->accumulator};
  for (std::int64_t channel = 0; channel < thresholds->channels; ++channel) {
    AccumulatorRange reach{accumulator.minimum(), accumulator.maximum()};
    if (dot)
      reach = exactRange(signedSums(std::span(constants.weights)
                                        .subspan(static_cast<std::size_t>(channel * dot->length),
                                                 static_cast<std::size_t>(dot->length))),
                         rangeOf(dot->input));
    const auto [low, high] = thresholdRange(*thresholds, reach);
    CounterRandom random(seed, kThresholdStream, static_cast<std::uint64_t>(channel));
    const std::size_t first = constants.thresholds.size();
    for (std::int64_t level = 0; level < thresholds->levels; ++level)
      constants.thresholds.push_back(between(random, low, high));
    std::sort(constants.thresholds.begin() + static_cast<std::ptrdiff_t>(first),
              constants.thresholds.end());
  }
  return constants;
}

}  // namespace a2q
