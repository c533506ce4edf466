// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bounds/certificate_json.h"

#include "core/bounds/accumulator_policy.h"
#include "core/bounds/json_number.h"
#include "core/bounds/weight_hash.h"

namespace a2q {
namespace {

using nlohmann::ordered_json;

ordered_json widthJson(const std::optional<BitWidth>& width) {
  return width ? ordered_json(width->bits) : ordered_json();
}

ordered_json verdictJson(const PolicyVerdict& verdict) {
  const std::optional<bool> safe = verdict.safe();
  return {{"safe", safe ? ordered_json(*safe) : ordered_json()},
          {"channels", verdict.channels},
          {"overflowing_channels", verdict.overflowing.size()},
          {"accumulator_bits", jsonInteger(verdict.accumulator_bits)}};
}

ordered_json networkPolicies(const Certificate& certificate) {
  ordered_json out;
  for (const AccumulatorPolicy policy : kAccumulatorPolicies) {
    out[std::string(policyName(policy))] = verdictJson(judge(certificate, policy));
  }
  return out;
}

ordered_json layerPolicies(const LayerBound& layer) {
  ordered_json out;
  for (const AccumulatorPolicy policy : kAccumulatorPolicies) {
    const std::optional<BitWidth> width = accumulatorUnder(policy, layer);
    ordered_json row;
    row["P"] = widthJson(width);
    row["safe"] = width ? ordered_json(layer.smallest <= *width) : ordered_json();
    row["margin_bits"] =
        width ? jsonNumber(marginOf(layer.range, AccumulatorSpec{*width}).bits) : ordered_json();
    out[std::string(policyName(policy))] = std::move(row);
  }
  return out;
}

ordered_json overflowsUnder(const LayerBound& layer, const ChannelBound& channel) {
  ordered_json out = ordered_json::array();
  for (const AccumulatorPolicy policy : kAccumulatorPolicies) {
    const auto width = accumulatorUnder(policy, layer, channel);
    if (width && channel.smallest > *width) out.push_back(policyName(policy));
  }
  return out;
}

ordered_json channelJson(const LayerBound& layer, const ChannelBound& channel) {
  ordered_json out{{"l1", channel.sums.l1()},
                   {"positive", channel.sums.positive},
                   {"negative", channel.sums.negative},
                   {"range", {jsonInteger(channel.range.low), jsonInteger(channel.range.high)}}};
  out["margin_bits"] =
      layer.accumulator
          ? jsonNumber(marginOf(channel.range, AccumulatorSpec{*layer.accumulator}).bits)
          : ordered_json();
  out["smallest_safe_P"] = channel.smallest.bits;
  out["safe"] = channel.safe;
  out["overflows_under"] = overflowsUnder(layer, channel);
  return out;
}

ordered_json ruleJson(const LayerBound& layer) {
  if (!layer.rule) return nullptr;
  return *layer.rule == L1Rule::kA2q ? "a2q" : "a2q+";
}

ordered_json budgetJson(const LayerBound& layer) {
  if (!layer.budget) return nullptr;
  return {{"numerator", jsonInteger(layer.budget->numerator)},
          {"denominator", jsonInteger(layer.budget->denominator)},
          {"floor", jsonInteger(layer.budget->floor())}};
}

ordered_json layerJson(const LayerBound& layer) {
  ordered_json out;
  out["layer"] = layer.layer;
  out["weights_sha256"] = layer.weight_hash;
  out["K"] = layer.k;
  out["M"] = layer.weight_bits.bits;
  out["N"] = layer.input_format.width.bits;
  out["inputs_signed"] = layer.input_format.isSigned();
  out["inputs"] = {layer.input_range.minimum, layer.input_range.maximum};
  out["rule"] = ruleJson(layer);
  out["P"] = widthJson(layer.accumulator);
  out["l1_budget"] = budgetJson(layer);
  out["data_type_bound"] = layer.data_type_bound.bits;
  out["smallest_safe_P"] = layer.smallest.bits;
  out["range"] = {jsonInteger(layer.range.low), jsonInteger(layer.range.high)};
  out["margin_bits"] = layer.margin ? jsonNumber(layer.margin->bits) : ordered_json();
  out["sparsity"] = layer.sparsity;
  out["safe"] = layer.safe();
  out["policies"] = layerPolicies(layer);
  for (const ChannelBound& channel : layer.channels) {
    out["channels"].push_back(channelJson(layer, channel));
  }
  return out;
}

}  // namespace

std::string certificateJson(const Certificate& certificate) {
  ordered_json document;
  document["schema"] = kCertificateSchema;
  document["hash"] = {{"algorithm", "SHA-256"},
                      {"layout", kHashedLayout},
                      {"network", networkHash(certificate.layers)}};
  // Nothing certified is not the same as safe.
  document["safe"] = certificate.layers.empty() ? ordered_json() : ordered_json(certificate.safe());
  document["policies"] = networkPolicies(certificate);
  document["layers"] = ordered_json::array();
  for (const LayerBound& layer : certificate.layers) {
    document["layers"].push_back(layerJson(layer));
  }
  return document.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace a2q
