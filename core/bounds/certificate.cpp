// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bounds/certificate.h"

#include <algorithm>
#include <stdexcept>

#include "core/bounds/weight_hash.h"

namespace a2q {
namespace {

bool inside(int value, int low, int high) { return low <= value && value <= high; }

bool hasValidWidths(const IntegerWeights& weights) {
  return inside(weights.weight_bits.bits, 1, 32) &&
         inside(weights.input_format.width.bits, 1, 32) &&
         (!weights.accumulator || inside(weights.accumulator->bits, 1, 126));
}

bool hasValidShape(const IntegerWeights& weights) {
  constexpr DotLength kLongest = (DotLength{1} << 32) - 1;
  if (weights.channels < 1 || weights.k < 1 || weights.k > kLongest) return false;
  return Int128{weights.channels} * weights.k == static_cast<Int128>(weights.values.size());
}

bool hasValidInputs(const IntegerWeights& weights) {
  const IntegerRange range = weights.input_range;
  const IntegerFormat format = weights.input_format;
  return range.minimum <= 0 && range.maximum >= 0 && format.minimum() <= range.minimum &&
         range.maximum <= format.maximum();
}

ChannelBound channelBound(const IntegerWeights& weights, std::int64_t index) {
  ChannelBound bound;
  bound.sums = signedSums(weights.channel(index));
  bound.range = exactRange(bound.sums, weights.input_range);
  bound.smallest = smallestAccumulator(bound.range);
  bound.safe = !weights.accumulator ||
               AccumulatorSpec{*weights.accumulator}.holds(bound.range.low, bound.range.high);
  return bound;
}

void addChannel(LayerBound& layer, const ChannelBound& channel) {
  layer.range.low = std::min(layer.range.low, channel.range.low);
  layer.range.high = std::max(layer.range.high, channel.range.high);
  layer.smallest = std::max(layer.smallest, channel.smallest);
  layer.channels.push_back(channel);
  const bool worse = channel.sums.l1() > layer.channels[layer.worst].sums.l1();
  if (worse) layer.worst = layer.channels.size() - 1;
}

double zeroShare(std::span<const std::int32_t> values) {
  const auto zeros = std::count(values.begin(), values.end(), 0);
  return static_cast<double>(zeros) / static_cast<double>(values.size());
}

}  // namespace

bool LayerBound::safe() const {
  return std::all_of(channels.begin(), channels.end(),
                     [](const ChannelBound& channel) { return channel.safe; });
}

bool isConsistent(const IntegerWeights& weights) {
  if (!hasValidWidths(weights) || !hasValidShape(weights) || !hasValidInputs(weights)) return false;
  const std::int64_t limit = std::int64_t{1} << (weights.weight_bits.bits - 1);
  return std::all_of(weights.values.begin(), weights.values.end(),
                     [limit](std::int64_t value) { return -limit <= value && value < limit; });
}

LayerBound layerBound(const IntegerWeights& weights) {
  if (!isConsistent(weights)) {
    throw std::invalid_argument("inconsistent integer weights of layer '" + weights.layer + "'");
  }
  LayerBound layer;
  layer.layer = weights.layer;
  layer.k = weights.k;
  layer.weight_bits = weights.weight_bits;
  layer.input_format = weights.input_format;
  layer.input_range = weights.input_range;
  layer.accumulator = weights.accumulator;
  layer.rule = weights.rule;
  layer.data_type_bound = dataTypeBound(weights.k, weights.weight_bits, weights.input_format);
  layer.channels.reserve(static_cast<std::size_t>(weights.channels));
  for (std::int64_t i = 0; i < weights.channels; ++i) addChannel(layer, channelBound(weights, i));
  if (weights.accumulator) {
    layer.margin = marginOf(layer.range, AccumulatorSpec{*weights.accumulator});
    if (weights.rule) {
      layer.budget = l1Budget(*weights.rule, *weights.accumulator, weights.input_format);
    }
  }
  layer.sparsity = zeroShare(weights.values);
  layer.weight_hash = weightHash(weights);
  return layer;
}

bool Certificate::safe() const {
  return std::all_of(layers.begin(), layers.end(),
                     [](const LayerBound& layer) { return layer.safe(); });
}

std::optional<double> Certificate::worstMarginBits() const {
  std::optional<double> worst;
  for (const LayerBound& layer : layers) {
    if (layer.margin && (!worst || layer.margin->bits < *worst)) worst = layer.margin->bits;
  }
  return worst;
}

Certificate certify(std::span<const IntegerWeights> layers) {
  Certificate certificate;
  certificate.layers.reserve(layers.size());
  for (const IntegerWeights& layer : layers) certificate.layers.push_back(layerBound(layer));
  return certificate;
}

}  // namespace a2q
