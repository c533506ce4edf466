// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/fast/dot_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <limits>

#include "core/bounds/accumulator_bounds.h"

namespace a2q {
namespace {

constexpr std::int64_t kWordLimit = 32767;

/// Estimated work of one output channel at one position for 64 samples, in units of an addition of
/// 64 bytes with AVX-512.
struct Costs {
  double quad;   ///< four products, all of 16 or 32 bits
  double entry;  ///< an addition of bytes
  double chunk;  ///< widening a stretch of them
  double tap;    ///< a weight of the plain loop
};

Costs costsOf(KernelLevel level) {
  switch (level) {
    case KernelLevel::kPortable: return {100, 4, 14, 40};
    case KernelLevel::kAvx2: return {14, 2, 8, 30};
    case KernelLevel::kAvx512Vnni: break;
  }
  return {4, 1, 3, 16};
}

bool fitsWord(const IntegerRange& sums) {
  return -kWordLimit <= sums.minimum && sums.maximum < kWordLimit;
}

bool fitsByteWeights(const DotProduct& dot) {
  const auto [low, high] = std::ranges::minmax(dot.weights.values);
  return -128 <= low && high <= 127;
}

/// The cheapest kernel that is exact for a block: what vpmaddubsw or 16-bit sums cannot hold is
/// decided by the weights and the largest byte that occurs.
DenseKernel denseKernel(const LaneKernels& kernels, const DotProduct& dot, const DenseBlock& block,
                        std::int64_t largest) {
  if (kernels.dense_words == nullptr) return kernels.dense_exact;
  bool words = true;
  std::int64_t widest = 0;
  for (std::int64_t c = 0; c < block.count; ++c) {
    const auto weights = dot.weights.channel(block.channel + c);
    const SignedSums sums = signedSums(weights);
    words = words && largest * std::max(sums.positive, sums.negative) <= kWordLimit;
    for (const std::int32_t w : weights) widest = std::max<std::int64_t>(widest, std::abs(w));
  }
  if (words) return kernels.dense_words;
  return 2 * largest * widest <= kWordLimit ? kernels.dense_pairs : kernels.dense_exact;
}

/// The four weights of a quad, as DensePacking says.
void packQuad(const std::int32_t (&w)[4], DensePacking packing, std::uint8_t* to) {
  if (packing == DensePacking::kBytes) {
    for (int i = 0; i < 4; ++i) to[i] = static_cast<std::uint8_t>(w[i]);
    return;
  }
  const std::int16_t words[4] = {static_cast<std::int16_t>(w[0]), static_cast<std::int16_t>(w[2]),
                                 static_cast<std::int16_t>(w[1]), static_cast<std::int16_t>(w[3])};
  std::memcpy(to, words, sizeof words);
}

/// Weights as [quad of channels][kernel position][output channel][4].
void packBlock(const DotPlan& plan, DensePacking packing, DenseBlock& block) {
  const std::int64_t positions = plan.dot->kernel.height * plan.dot->kernel.width;
  const std::int64_t quad_bytes = packing == DensePacking::kBytes ? 4 : 8;
  block.weights.assign(
      static_cast<std::size_t>(plan.quads * positions * kQuadChannels * quad_bytes), 0);
  std::uint8_t* to = block.weights.data();
  for (std::int64_t q = 0; q < plan.quads; ++q) {
    for (std::int64_t p = 0; p < positions; ++p) {
      for (std::int64_t c = 0; c < kQuadChannels; ++c, to += quad_bytes) {
        std::int32_t quad[4] = {};
        for (std::int64_t i = 0; i < 4 && c < block.count && 4 * q + i < plan.group_inputs; ++i) {
          const auto k = static_cast<std::size_t>((4 * q + i) * positions + p);
          quad[i] = plan.dot->weights.channel(block.channel + c)[k];
        }
        packQuad(quad, packing, to);
      }
    }
  }
}

void prepareDense(DotPlan& plan, std::int64_t largest, KernelLevel level) {
  const LaneKernels& kernels = laneKernels(level);
  for (std::int64_t group = 0; group < plan.dot->groups; ++group) {
    for (std::int64_t first = 0; first < plan.group_channels; first += kQuadChannels) {
      DenseBlock block;
      block.channel = group * plan.group_channels + first;
      block.count = std::min(kQuadChannels, plan.group_channels - first);
      block.group = group;
      block.kernel = denseKernel(kernels, *plan.dot, block, largest);
      const bool exact = block.kernel == kernels.dense_exact;
      packBlock(plan, exact ? kernels.exact_packing : DensePacking::kBytes, block);
      for (std::int64_t c = 0; c < block.count; ++c) {
        block.starts[c] =
            static_cast<std::int32_t>(plan.starts[static_cast<std::size_t>(block.channel + c)]);
      }
      plan.blocks.push_back(std::move(block));
    }
  }
}

double denseCost(const DotPlan& plan, const Costs& costs) {
  const std::int64_t positions = plan.dot->kernel.height * plan.dot->kernel.width;
  const std::int64_t blocks = (plan.group_channels + kQuadChannels - 1) / kQuadChannels;
  return costs.quad *
         static_cast<double>(plan.quads * positions * plan.dot->groups * blocks * kQuadChannels);
}

double byteSumCost(const DotPlan& plan, const Costs& costs) {
  double cost = 0;
  for (const ByteSumProgram& program : plan.programs) {
    cost += costs.entry * static_cast<double>(program.taps.size()) +
            costs.chunk * static_cast<double>(program.chunks.size());
  }
  return cost;
}

}  // namespace

IntegerRange dotRange(const DotProduct& dot, const IntegerRange& inputs) {
  constexpr Int128 kLowest = std::numeric_limits<std::int64_t>::min();
  constexpr Int128 kHighest = std::numeric_limits<std::int64_t>::max();
  IntegerRange range;
  for (std::int64_t c = 0; c < dot.weights.channels; ++c) {
    const AccumulatorRange next = exactRange(signedSums(dot.weights.channel(c)), inputs);
    const auto low = static_cast<std::int64_t>(std::max(next.low, kLowest));
    const auto high = static_cast<std::int64_t>(std::min(next.high, kHighest));
    range = {std::min(range.minimum, low), std::max(range.maximum, high)};
  }
  return range;
}

DotPlan planDot(const DotProduct& dot, const LaneFormat& input, const IntegerRange& sums,
                KernelLevel level, std::optional<DotKernel> wanted) {
  DotPlan plan;
  plan.dot = &dot;
  plan.group_inputs = dot.weights.k / (dot.kernel.height * dot.kernel.width);
  plan.group_channels = dot.weights.channels / dot.groups;
  plan.quads = (plan.group_inputs + 3) / 4;
  const auto set = [&plan](DotKernel kernel, std::string name) {
    plan.kernel = kernel;
    plan.name = std::move(name);
  };
  if (wanted == DotKernel::kWide || input.element != Element::kByte ||
      laneFormat(sums, false).element != Element::kInt32) {
    set(DotKernel::kWide, "one weight at a time, 64 bits");
    return plan;
  }
  std::int64_t used = 0;
  for (std::int64_t c = 0; c < dot.weights.channels; ++c) {
    const SignedSums signed_sums = signedSums(dot.weights.channel(c));
    plan.starts.push_back(input.low * (signed_sums.positive - signed_sums.negative));
  }
  for (const std::int32_t w : dot.weights.values) used += w != 0 ? 1 : 0;
  const double share =
      100.0 * static_cast<double>(used) / static_cast<double>(dot.weights.values.size());
  const Costs costs = costsOf(level);
  const bool dense = fitsByteWeights(dot);
  const bool words = fitsWord(sums);
  double best = costs.tap * static_cast<double>(used);
  set(DotKernel::kTaps, fmt::format("one weight at a time, {:.0f} % of weights", share));
  const auto consider = [&](DotKernel kernel, double cost, std::string name) {
    if (wanted ? *wanted != kernel : cost >= best) return;
    best = cost;
    set(kernel, std::move(name));
  };
  const std::int64_t largest = std::max<std::int64_t>(1, input.span());
  if (dense) {
    consider(DotKernel::kDense, denseCost(plan, costs), fmt::format("dense {}", levelName(level)));
  }
  if (words) {
    for (std::int64_t c = 0; c < dot.weights.channels; ++c) {
      plan.programs.push_back(byteSumProgram(dot.weights.channel(c), largest));
    }
    consider(DotKernel::kByteSums, byteSumCost(plan, costs),
             fmt::format("byte sums {}, {:.0f} % of weights", levelName(level), share));
  }
  if (plan.kernel != DotKernel::kByteSums) plan.programs.clear();
  if (plan.kernel == DotKernel::kDense) prepareDense(plan, largest, level);
  return plan;
}

}  // namespace a2q
