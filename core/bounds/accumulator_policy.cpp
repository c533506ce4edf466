// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bounds/accumulator_policy.h"

#include <algorithm>
#include <tuple>

namespace a2q {
namespace {

constexpr BitWidth kFixed{32};

OverflowingChannel overflowOf(const ChannelBound& channel, BitWidth accumulator) {
  const AccumulatorSpec spec{accumulator};
  const Int128 above = channel.range.high - spec.maximum();
  const Int128 below = spec.minimum() - channel.range.low;
  OverflowingChannel found;
  found.accumulator = accumulator;
  found.smallest = channel.smallest;
  found.side = above >= below ? WitnessSide::kHigh : WitnessSide::kLow;
  found.excess = std::max(above, below);
  return found;
}

bool isWorse(const OverflowingChannel& a, const OverflowingChannel& b) {
  const auto rank = [](const OverflowingChannel& found) {
    return std::tuple(found.accumulator.bits - found.smallest.bits, -found.excess, found.layer,
                      found.channel);
  };
  return rank(a) < rank(b);
}

}  // namespace

std::string_view policyName(AccumulatorPolicy policy) {
  switch (policy) {
    case AccumulatorPolicy::kFixed32: return "fixed32";
    case AccumulatorPolicy::kDataType: return "datatype";
    case AccumulatorPolicy::kMinimised: return "minimised";
    case AccumulatorPolicy::kTarget: return "a2q";
  }
  return {};
}

std::string_view policyText(AccumulatorPolicy policy) {
  switch (policy) {
    case AccumulatorPolicy::kFixed32:
      return "32 bits everywhere; overflows where the exact range needs more";
    case AccumulatorPolicy::kDataType:
      return "the data-type bound of K, M and N; safe for any weights and inputs of these widths";
    case AccumulatorPolicy::kMinimised:
      return "the exact range of the trained weights; safe, and one bit less is not";
    case AccumulatorPolicy::kTarget:
      return "the P each layer was trained or asked for; safe where the exact range fits it";
  }
  return {};
}

std::optional<BitWidth> accumulatorUnder(AccumulatorPolicy policy, const LayerBound& layer) {
  switch (policy) {
    case AccumulatorPolicy::kFixed32: return kFixed;
    case AccumulatorPolicy::kDataType: return layer.data_type_bound;
    case AccumulatorPolicy::kMinimised: return layer.smallest;
    case AccumulatorPolicy::kTarget: return layer.accumulator;
  }
  return std::nullopt;
}

std::optional<BitWidth> accumulatorUnder(AccumulatorPolicy policy, const LayerBound& layer,
                                         const ChannelBound& channel) {
  if (policy == AccumulatorPolicy::kMinimised) return channel.smallest;
  return accumulatorUnder(policy, layer);
}

PolicyVerdict judge(const Certificate& certificate, AccumulatorPolicy policy) {
  PolicyVerdict verdict;
  verdict.policy = policy;
  for (std::size_t i = 0; i < certificate.layers.size(); ++i) {
    const LayerBound& layer = certificate.layers[i];
    const std::optional<BitWidth> width = accumulatorUnder(policy, layer);
    if (!width) continue;
    verdict.channels += static_cast<std::int64_t>(layer.channels.size());
    verdict.accumulator_bits += static_cast<Int128>(layer.channels.size()) * width->bits;
    for (std::size_t c = 0; c < layer.channels.size(); ++c) {
      const ChannelBound& channel = layer.channels[c];
      if (AccumulatorSpec{*width}.holds(channel.range.low, channel.range.high)) continue;
      verdict.overflowing.push_back(overflowOf(channel, *width));
      verdict.overflowing.back().layer = i;
      verdict.overflowing.back().channel = c;
    }
  }
  std::sort(verdict.overflowing.begin(), verdict.overflowing.end(), isWorse);
  return verdict;
}

}  // namespace a2q
