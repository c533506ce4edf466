// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/observe.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/base/parallel.h"
#include "core/data/sample_codes.h"
#include "core/integer/integer_engine.h"
#include "core/integer/lowering.h"
#include "core/training/data_fit.h"

namespace a2q {
namespace {

/// Lowering negates the channels whose function falls; their sums are negated too.
bool isNegated(const IntegerWeights& trained, const IntegerWeights& lowered, std::int64_t channel) {
  return !std::ranges::equal(trained.channel(channel), lowered.channel(channel));
}

ObservedSums sumsOf(const IntegerWeights& trained, const IntegerWeights& lowered,
                    const std::vector<ChannelObservation>& seen) {
  ObservedSums out{trained.layer, {}};
  for (std::int64_t c = 0; c < trained.channels; ++c) {
    const ChannelObservation& channel = seen[static_cast<std::size_t>(c)];
    out.channels.push_back(isNegated(trained, lowered, c)
                               ? AccumulatorRange{-channel.high, -channel.low}
                               : AccumulatorRange{channel.low, channel.high});
  }
  return out;
}

std::vector<ObservedSums> layersOf(const TrainedNetwork& network, const IntegerNetwork& lowered,
                                   const ReferenceEngine& engine) {
  std::map<std::size_t, const LayerObservation*> by_source;
  for (const LayerObservation& layer : engine.observations()) {
    by_source[lowered.nodes[layer.node].source] = &layer;
  }
  std::vector<ObservedSums> out;
  for (const TrainedWeights& weights : network.weights) {
    const LayerObservation& seen = *by_source.at(weights.node);
    const auto& dot = std::get<DotProduct>(lowered.nodes[seen.node].operation);
    out.push_back(sumsOf(weights.integers, dot.weights, seen.channels));
  }
  return out;
}

}  // namespace

Result<Observation> observeAccumulators(const TrainedNetwork& network, const DataSet& data,
                                        DataPart part, const ObserveLimits& limits,
                                        const std::stop_token& stop) {
  const auto end = std::chrono::steady_clock::now() + limits.time;
  auto fits = checkFit(network.network, network.graph, data, part);
  if (!fits) return forward(std::move(fits));
  const auto lowered = lowerToIntegers(network);
  if (!lowered) return tl::make_unexpected(lowered.error());
  const InputLayer& input = std::get<CodeInput>(lowered->nodes.front().operation).layer;
  const int threads = limits.threads > 0 ? limits.threads : allowedProcessors();
  ReferenceEngine engine(*lowered, {}, threads);
  const std::int64_t wanted = std::min(limits.samples, sampleCount(data, part));
  Observation out;
  while (out.samples < wanted && !stop.stop_requested()) {
    const std::int64_t count = std::min(limits.batch, wanted - out.samples);
    (void)engine.run(codesOf(data, part, input, out.samples, count), count, input.shape);
    out.samples += count;
    if (std::chrono::steady_clock::now() >= end) break;
  }
  out.layers = layersOf(network, *lowered, engine);
  return out;
}

}  // namespace a2q
