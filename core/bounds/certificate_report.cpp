// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bounds/certificate_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/text_table.h"
#include "core/bounds/channel_derivation.h"
#include "core/bounds/weight_hash.h"

namespace a2q {
namespace {

std::string widthText(const std::optional<BitWidth>& width) {
  return width ? fmt::format("{}", width->bits) : "free";
}

std::string marginText(const AccumulatorRange& range, const std::optional<BitWidth>& width) {
  if (!width) return "–";
  const Margin margin = marginOf(range, AccumulatorSpec{*width});
  if (std::isinf(margin.bits)) return margin.bits > 0 ? "all" : "none";
  return fmt::format("{:+.2f} bit", margin.bits);
}

/// "14", or "9..14" where layers differ.
std::string widthsText(const Certificate& certificate, AccumulatorPolicy policy) {
  std::optional<BitWidth> least;
  std::optional<BitWidth> most;
  for (const LayerBound& layer : certificate.layers) {
    const auto width = accumulatorUnder(policy, layer);
    if (!width) continue;
    least = std::min(least.value_or(*width), *width);
    most = std::max(most.value_or(*width), *width);
  }
  if (!most) return "–";
  if (*least == *most) return fmt::format("{}", most->bits);
  return fmt::format("{}..{}", least->bits, most->bits);
}

std::string_view wordOf(const PolicyVerdict& verdict) {
  if (!verdict.safe()) return "no target";
  return *verdict.safe() ? "safe" : "OVERFLOW POSSIBLE";
}

std::string verdictTable(const Certificate& certificate,
                         const std::vector<PolicyVerdict>& verdicts) {
  TextRows rows{{"policy", "P", "channels", "can overflow", "bits in all", "verdict"}};
  for (const PolicyVerdict& verdict : verdicts) {
    rows.push_back({std::string(policyName(verdict.policy)),
                    widthsText(certificate, verdict.policy), fmt::format("{}", verdict.channels),
                    fmt::format("{}", verdict.overflowing.size()),
                    toString(verdict.accumulator_bits), std::string(wordOf(verdict))});
  }
  std::string out = "## Verdict [exact]\n\n" + markdownTable(rows, {0, 5}) + "\n";
  for (const PolicyVerdict& verdict : verdicts) {
    out += fmt::format("- {}: {}.\n", policyName(verdict.policy), policyText(verdict.policy));
  }
  return out + "\n";
}

std::string overflowsText(const Certificate& certificate, const PolicyVerdict& verdict,
                          std::size_t most) {
  const auto& found = verdict.overflowing;
  if (found.empty()) return {};
  std::string out =
      fmt::format("## Overflow possible under {} in {} of {} channels, the worst first\n\n",
                  policyName(verdict.policy), found.size(), verdict.channels);
  for (std::size_t i = 0; i < std::min(most, found.size()); ++i) {
    out += "- " + overflowText(certificate, found[i]) + "\n";
  }
  if (found.size() > most) {
    out += fmt::format("- and {} more; --json names them all\n", found.size() - most);
  }
  return out + "\n";
}

std::string layerTable(const Certificate& certificate, AccumulatorPolicy policy) {
  TextRows rows{{"layer", "K", "M", "N", "target P", "max ‖q‖₁", "budget", "lo", "hi", "smallest P",
                 "P*", "P", "margin", "sparsity"}};
  for (const LayerBound& layer : certificate.layers) {
    const auto width = accumulatorUnder(policy, layer);
    rows.push_back(
        {layer.layer, fmt::format("{}", layer.k), fmt::format("{}", layer.weight_bits.bits),
         fmt::format("{}{}", layer.input_format.width.bits,
                     layer.input_format.isSigned() ? "s" : "u"),
         widthText(layer.accumulator), fmt::format("{}", layer.channels[layer.worst].sums.l1()),
         layer.budget ? toString(layer.budget->floor()) : "–", toString(layer.range.low),
         toString(layer.range.high), fmt::format("{}", layer.smallest.bits),
         fmt::format("{}", layer.data_type_bound.bits), widthText(width),
         marginText(layer.range, width), fmt::format("{:.1f} %", 100 * layer.sparsity)});
  }
  return "## Layers\n\n" + markdownTable(rows, {0}) +
         fmt::format(
             "\nK dot-product length, M weight bits, N input bits (u unsigned, s signed). max "
             "‖q‖₁, "
             "lo, hi, smallest P\n(over the channels) and sparsity [exact]; budget and the "
             "data-type bound P* [bound]; P and margin under {}.\nThe range holds for every "
             "partial sum in any order; bias and batch norm come after it.\n\n",
             policyName(policy));
}

std::string channelTable(const LayerBound& layer, AccumulatorPolicy policy) {
  TextRows rows{
      {"channel", "S⁺", "S⁻", "‖q‖₁", "lo", "hi", "smallest P", "P", "margin", "verdict"}};
  for (std::size_t c = 0; c < layer.channels.size(); ++c) {
    const ChannelBound& channel = layer.channels[c];
    const auto width = accumulatorUnder(policy, layer, channel);
    const std::string_view verdict =
        !width ? "free" : (channel.smallest <= *width ? "safe" : "OVERFLOW");
    rows.push_back({fmt::format("{}", c), fmt::format("{}", channel.sums.positive),
                    fmt::format("{}", channel.sums.negative), fmt::format("{}", channel.sums.l1()),
                    toString(channel.range.low), toString(channel.range.high),
                    fmt::format("{}", channel.smallest.bits), widthText(width),
                    marginText(channel.range, width), std::string(verdict)});
  }
  return fmt::format("## Channels of {} [exact]\n\n{}\n", layer.layer, markdownTable(rows, {9}));
}

/// Position of a layer's channel that needs the most bits, the larger ‖q‖₁ where several do.
std::size_t tightestChannel(const LayerBound& layer) {
  const auto rank = [](const ChannelBound& channel) {
    return std::pair(channel.smallest, channel.sums.l1());
  };
  const auto found = std::max_element(
      layer.channels.begin(), layer.channels.end(),
      [&](const ChannelBound& a, const ChannelBound& b) { return rank(a) < rank(b); });
  return static_cast<std::size_t>(found - layer.channels.begin());
}

/// The worst channel that overflows, else the one nearest to its limit, else (no widths) the one
/// that needs the most bits.
OverflowingChannel tightest(const Certificate& certificate, const PolicyVerdict& verdict) {
  if (!verdict.overflowing.empty()) return verdict.overflowing.front();
  OverflowingChannel found;
  std::optional<int> least;
  for (std::size_t i = 0; i < certificate.layers.size(); ++i) {
    const LayerBound& layer = certificate.layers[i];
    const auto width = accumulatorUnder(verdict.policy, layer);
    if (verdict.channels != 0 && !width) continue;
    const int left = width.value_or(BitWidth{0}).bits - layer.smallest.bits;
    if (least && left >= *least) continue;
    least = left;
    found.layer = i;
    found.channel = tightestChannel(layer);
  }
  return found;
}

std::string derivation(const Certificate& certificate, const PolicyVerdict& verdict) {
  const OverflowingChannel place = tightest(certificate, verdict);
  const LayerBound& layer = certificate.layers[place.layer];
  return fmt::format("## Where the numbers of the tightest channel come from: {}, channel {}\n\n{}",
                     layer.layer, place.channel,
                     derivationText(layer, layer.channels[place.channel]));
}

}  // namespace

std::string overflowText(const Certificate& certificate, const OverflowingChannel& found) {
  const LayerBound& layer = certificate.layers[found.layer];
  const AccumulatorRange range = layer.channels[found.channel].range;
  const AccumulatorSpec spec{found.accumulator};
  const int p = found.accumulator.bits;
  const std::string leaves = found.side == WitnessSide::kHigh
                                 ? fmt::format("hi = {} is above 2^({}-1) - 1 = {}",
                                               toString(range.high), p, toString(spec.maximum()))
                                 : fmt::format("lo = {} is below -2^({}-1) = {}",
                                               toString(range.low), p, toString(spec.minimum()));
  return fmt::format("{}, channel {}: {} by {}; smallest safe P = {}", layer.layer, found.channel,
                     leaves, toString(found.excess), found.smallest.bits);
}

std::string certificateReport(const Certificate& certificate, const ReportRequest& request) {
  std::string out = fmt::format("# {}\n\n", request.title);
  if (certificate.layers.empty()) return out + "No layer is quantized: nothing is certified.\n";
  out += fmt::format("SHA-256 of the integer weights ({}): {}\n\n", kHashedLayout,
                     networkHash(certificate.layers));
  std::vector<PolicyVerdict> verdicts;
  for (const AccumulatorPolicy policy : request.policies) {
    verdicts.push_back(judge(certificate, policy));
  }
  out += verdictTable(certificate, verdicts);
  for (const PolicyVerdict& verdict : verdicts) {
    out += overflowsText(certificate, verdict, request.most_named);
  }
  // Of several policies the last is the one that training aims at.
  const AccumulatorPolicy shown = request.policies.back();
  out += layerTable(certificate, shown);
  if (request.channels == ChannelRows::kShown) {
    for (const LayerBound& layer : certificate.layers) out += channelTable(layer, shown);
  }
  return out + derivation(certificate, verdicts.back());
}

}  // namespace a2q
