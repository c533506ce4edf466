// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/layer_facts.h"

#include <algorithm>

#include "core/base/parallel.h"

namespace a2q {
namespace {

void addBudget(LayerFacts& facts) {
  facts.data_type_bound = dataTypeBound(facts.k, facts.weight_bits, facts.input_format);
  if (facts.rule && facts.accumulator) {
    facts.budget = l1Budget(*facts.rule, *facts.accumulator, facts.input_format);
  }
}

LayerSums sumsOf(const IntegerWeights& weights) {
  constexpr std::size_t kWorthThreads = 1 << 16;
  LayerSums sums;
  sums.channels.resize(static_cast<std::size_t>(weights.channels));
  std::vector<std::int64_t> zeros(sums.channels.size());
  const int threads = weights.values.size() < kWorthThreads ? 1 : 0;
  parallelRanges(weights.channels, threads, [&](std::int64_t first, std::int64_t last, int) {
    for (std::int64_t c = first; c < last; ++c) {
      const auto row = weights.channel(c);
      sums.channels[static_cast<std::size_t>(c)] = signedSums(row);
      zeros[static_cast<std::size_t>(c)] = std::count(row.begin(), row.end(), 0);
    }
  });
  for (const std::int64_t count : zeros) sums.zeros += count;
  return sums;
}

}  // namespace

std::optional<NormFacts> normFacts(const LayerFacts& facts, const LayerSums& sums) {
  if (sums.channels.empty()) return std::nullopt;
  NormFacts norms;
  for (std::size_t c = 0; c < sums.channels.size(); ++c) {
    const SignedSums& channel = sums.channels[c];
    if (channel.l1() > sums.channels[norms.worst].l1()) norms.worst = c;
    const AccumulatorRange range = exactRange(channel, facts.input_range);
    norms.range.low = std::min(norms.range.low, range.low);
    norms.range.high = std::max(norms.range.high, range.high);
  }
  norms.largest_l1 = sums.channels[norms.worst].l1();
  norms.smallest = smallestAccumulator(norms.range);
  if (facts.accumulator) {
    const AccumulatorSpec accumulator{*facts.accumulator};
    norms.margin = marginOf(norms.range, accumulator);
    norms.safe = accumulator.holds(norms.range.low, norms.range.high);
  }
  if (facts.budget) {
    norms.l1_margin = marginOf(norms.largest_l1, *facts.budget);
    norms.share = static_cast<double>(norms.largest_l1) / facts.budget->value();
  }
  const double weights = static_cast<double>(facts.k) * static_cast<double>(sums.channels.size());
  norms.sparsity = static_cast<double>(sums.zeros) / weights;
  return norms;
}

std::vector<LayerFacts> plannedFacts(const NetworkSpec& network, const NetworkGraph& graph,
                                     const QuantPlan& plan) {
  std::vector<LayerFacts> out;
  for (const WeightPlan& layer : plan.weights) {
    if (layer.method == QuantMethod::kFloat) continue;
    LayerFacts facts;
    facts.layer = network.layers[graph.nodes[layer.node].layer].name;
    facts.channels = layer.channels;
    facts.k = layer.k;
    facts.weight_bits = layer.weight_bits;
    facts.input_format = layer.input_format;
    facts.input_range = layer.input_range;
    facts.accumulator = layer.accumulator;
    facts.rule = layer.rule;
    addBudget(facts);
    out.push_back(std::move(facts));
  }
  return out;
}

std::vector<LayerFacts> trainedFacts(const TrainedNetwork& trained) {
  std::vector<LayerFacts> out;
  for (const TrainedWeights& layer : trained.weights) {
    const IntegerWeights& weights = layer.integers;
    LayerFacts facts;
    facts.layer = weights.layer;
    facts.channels = weights.channels;
    facts.k = weights.k;
    facts.weight_bits = weights.weight_bits;
    facts.input_format = weights.input_format;
    facts.input_range = weights.input_range;
    facts.accumulator = weights.accumulator;
    facts.rule = weights.rule;
    addBudget(facts);
    facts.norms = normFacts(facts, sumsOf(weights));
    out.push_back(std::move(facts));
  }
  return out;
}

bool sameFacts(const LayerFacts& a, const LayerFacts& b) {
  const bool same_plan = a.weight_bits == b.weight_bits && a.input_format == b.input_format &&
                         a.input_range == b.input_range && a.accumulator == b.accumulator &&
                         a.rule == b.rule;
  if (!same_plan || a.norms.has_value() != b.norms.has_value()) return false;
  return !a.norms || (a.norms->largest_l1 == b.norms->largest_l1 &&
                      a.norms->range == b.norms->range && a.norms->sparsity == b.norms->sparsity);
}

}  // namespace a2q
