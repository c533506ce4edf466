// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bounds/channel_derivation.h"

#include <fmt/format.h>

namespace a2q {
namespace {

std::string sumsLine(const ChannelBound& channel) {
  return fmt::format(
      "- S⁺ = Σ max(q, 0) = {}, S⁻ = Σ max(-q, 0) = {}, ‖q‖₁ = S⁺ + S⁻ = {} [exact]\n",
      channel.sums.positive, channel.sums.negative, channel.sums.l1());
}

std::string rangeLines(const LayerBound& layer, const ChannelBound& channel) {
  const IntegerRange x = layer.input_range;
  const SignedSums s = channel.sums;
  return fmt::format(
      "- hi = xmax·S⁺ - xmin·S⁻ = {}·{} - ({})·{} = {} [exact]\n"
      "- lo = xmin·S⁺ - xmax·S⁻ = ({})·{} - {}·{} = {} [exact]\n",
      x.maximum, s.positive, x.minimum, s.negative, toString(channel.range.high), x.minimum,
      s.positive, x.maximum, s.negative, toString(channel.range.low));
}

std::string smallestLine(const ChannelBound& channel) {
  const AccumulatorSpec spec{channel.smallest};
  const int p = channel.smallest.bits;
  return fmt::format(
      "- smallest safe P = {}: -2^({}-1) = {} ≤ lo and hi ≤ 2^({}-1) - 1 = {}; no smaller P does "
      "[exact]\n",
      p, p, toString(spec.minimum()), p, toString(spec.maximum()));
}

std::string budgetLine(const LayerBound& layer) {
  if (!layer.budget) return {};
  const int p = layer.accumulator->bits;
  const int n = layer.input_format.width.bits;
  const int sgn = layer.input_format.isSigned() ? 1 : 0;
  const std::string formula =
      *layer.rule == L1Rule::kA2q
          ? fmt::format("A2Q budget = (2^(P-1) - 1)·2^(sgn-N) = (2^({}-1) - 1)·2^({}-{})", p, sgn,
                        n)
          : fmt::format("A2Q+ budget = (2^P - 2)/(2^N - 1) = (2^{} - 2)/(2^{} - 1)", p, n);
  return fmt::format("- {} → ‖q‖₁ ≤ {} [bound]\n", formula, toString(layer.budget->floor()));
}

std::string dataTypeLine(const LayerBound& layer) {
  const int p = layer.data_type_bound.bits;
  return fmt::format(
      "- data-type bound P* = {}: K·2^(N-sgn)·2^(M-1) = {}·2^({}-{})·2^({}-1) ≤ 2^({}-1) - 1 = {} "
      "[bound]\n",
      p, layer.k, layer.input_format.width.bits, layer.input_format.isSigned() ? 1 : 0,
      layer.weight_bits.bits, p, toString(AccumulatorSpec{layer.data_type_bound}.maximum()));
}

}  // namespace

std::string derivationText(const LayerBound& layer, const ChannelBound& channel) {
  return sumsLine(channel) + rangeLines(layer, channel) + smallestLine(channel) +
         budgetLine(layer) + dataTypeLine(layer);
}

}  // namespace a2q
