// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/lowering.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "core/integer/channel_function.h"
#include "core/integer/dot_weights.h"
#include "core/integer/real_view.h"
#include "core/network/code_ranges.h"

namespace a2q {
namespace {

/// Sums wider than this are not lowered: the engines hold them in 64 bits.
constexpr int kWidestSum = 62;
/// Multipliers of the last layer have this many bits, where the scores then fit 64.
constexpr int kScoreBits = 24;
constexpr RealQuantizer kPixel{{{8}, Signedness::kUnsigned}, 255.0};

tl::unexpected<Error> unsupported(const std::string& layer, const std::string& cause) {
  return fail(ErrorCode::kNotLowered, fmt::format("layer '{}' has no integer form", layer), cause);
}

class Lowering {
 public:
  explicit Lowering(const TrainedNetwork& trained) : trained_(trained) {
    for (const TrainedWeights& weights : trained.weights) weights_[weights.node] = &weights;
    for (const TrainedNorm& norm : trained.norms) norms_[norm.node] = &norm;
    for (const TrainedActivation& activation : trained.activations) {
      activations_[activation.node] = &activation;
    }
    for (std::size_t i = 0; i < trained.graph.nodes.size(); ++i) {
      for (const std::size_t input : trained.graph.nodes[i].inputs) readers_[input].push_back(i);
    }
  }

  Result<IntegerNetwork> lower() {
    network_.name = trained_.network.name;
    for (std::size_t i = 0; i < trained_.graph.nodes.size(); ++i) {
      auto view = lowerNode(i);
      if (!view) return forward(std::move(view));
      views_.push_back(std::move(*view));
    }
    return std::move(network_);
  }

 private:
  [[nodiscard]] const LayerSpec& layer(std::size_t node) const {
    return trained_.network.layers[trained_.graph.nodes[node].layer];
  }
  [[nodiscard]] const GraphNode& graphNode(std::size_t node) const {
    return trained_.graph.nodes[node];
  }
  [[nodiscard]] const RealView& inputView(std::size_t node) const {
    return views_[graphNode(node).inputs.front()];
  }

  std::size_t add(IntegerNode node) {
    network_.nodes.push_back(std::move(node));
    return network_.nodes.size() - 1;
  }
  /// An operation on one view whose integers keep their range.
  std::size_t addMove(std::size_t node, const RealView& from, IntegerOperation operation) {
    const IntegerRange range = network_.nodes[from.node].range;
    return add({layer(node).name,
                std::move(operation),
                {from.node},
                graphNode(node).output,
                range,
                from.codeScale(),
                node});
  }

  Result<RealView> lowerNode(std::size_t node);
  Result<RealView> lowerWeights(std::size_t node);
  Result<RealView> lowerNorm(std::size_t node);
  Result<RealView> lowerActivation(std::size_t node);
  Result<RealView> lowerPool(std::size_t node, const PoolLayer& pool);
  Result<RealView> lowerJoin(std::size_t node);
  Result<RealView> lowerShuffle(std::size_t node, const PixelShuffleLayer& shuffle);
  Result<RealView> lowerOutput(std::size_t node);

  void makeAscending(std::size_t node, RealView& view, const std::vector<bool>& falls);
  [[nodiscard]] std::optional<std::size_t> quantizerBehind(std::size_t node) const;
  RealView quantize(const RealView& view, const RealQuantizer& quantizer, double scale,
                    const std::string& name, std::size_t source);
  RealView score(const RealView& view, const std::string& name, std::size_t source);

  const TrainedNetwork& trained_;
  std::map<std::size_t, const TrainedWeights*> weights_;
  std::map<std::size_t, const TrainedNorm*> norms_;
  std::map<std::size_t, const TrainedActivation*> activations_;
  std::map<std::size_t, std::vector<std::size_t>> readers_;
  std::vector<RealView> views_;
  IntegerNetwork network_;
};

Result<RealView> Lowering::lowerNode(std::size_t node) {
  const LayerKind& kind = layer(node).kind;
  if (const auto* input = std::get_if<InputLayer>(&kind)) {
    const std::size_t at = add({layer(node).name,
                                CodeInput{*input},
                                {},
                                graphNode(node).output,
                                rangeOf(input->format),
                                input->scale,
                                node});
    return RealView{at, {ChannelFunction{input->scale, {}}}};
  }
  if (hasWeights(layer(node))) return lowerWeights(node);
  if (norms_.contains(node)) return lowerNorm(node);
  if (std::holds_alternative<ActivationLayer>(kind)) return lowerActivation(node);
  if (const auto* pool = std::get_if<PoolLayer>(&kind)) return lowerPool(node, *pool);
  if (graphNode(node).inputs.size() > 1) return lowerJoin(node);
  if (const auto* shuffle = std::get_if<PixelShuffleLayer>(&kind)) {
    return lowerShuffle(node, *shuffle);
  }
  if (std::holds_alternative<OutputLayer>(kind)) return lowerOutput(node);
  RealView view = inputView(node);
  if (const auto* resize = std::get_if<ResizeLayer>(&kind)) {
    view.node = addMove(node, view, Resize{resize->factor});
  } else if (std::holds_alternative<FlattenLayer>(kind)) {
    const Shape& in = network_.nodes[view.node].output;
    view.functions = repeatedPerValue(view.functions, in.height * in.width);
    view.node = addMove(node, view, Flatten{});
  }
  return view;
}

Result<RealView> Lowering::lowerWeights(std::size_t node) {
  const auto found = weights_.find(node);
  const RealView& from = inputView(node);
  const auto scale = from.codeScale();
  if (found == weights_.end() || !scale) {
    return unsupported(layer(node).name, found == weights_.end() ? "its weights are not quantized"
                                                                 : "its input is not quantized");
  }
  const TrainedWeights& weights = *found->second;
  DotProduct dot{weights.integers, {}, {1, 1}, {0, 0}, 1};
  if (const auto* conv = std::get_if<ConvLayer>(&layer(node).kind)) {
    dot = {weights.integers, conv->kernel, conv->stride, conv->padding, conv->groups};
  } else {
    const Shape& in = network_.nodes[from.node].output;
    dot.kernel = {in.height, in.width};
  }
  const auto range = rangeOf(dot.weights, network_.nodes[from.node].range);
  if (!range) {
    return unsupported(layer(node).name,
                       fmt::format("its sums need more than {} bits", kWidestSum));
  }
  RealView view;
  view.node = add(
      {layer(node).name, std::move(dot), {from.node}, graphNode(node).output, *range, {}, node});
  for (std::size_t c = 0; c < weights.scales.size(); ++c) {
    ChannelFunction function{weights.scales[c] * *scale, {}};
    if (!weights.biases.empty()) function.steps.push_back({0, 1, weights.biases[c]});
    view.functions.push_back(std::move(function));
  }
  return view;
}

/// Negates the integers of the channels whose function falls, so that thresholds ascend: in the
/// weights when nobody else reads those sums, else by weights of −1 and +1 of their own.
void Lowering::makeAscending(std::size_t node, RealView& view, const std::vector<bool>& falls) {
  if (std::none_of(falls.begin(), falls.end(), [](bool fall) { return fall; })) return;
  view.functions = perChannel(view.functions, static_cast<std::int64_t>(falls.size()));
  IntegerNode& before = network_.nodes[view.node];
  auto* dot = std::get_if<DotProduct>(&before.operation);
  const bool alone = readers_.at(graphNode(node).inputs.front()).size() == 1;
  if (dot != nullptr && alone) {
    negateChannels(dot->weights, falls);
    before.range = *rangeOf(dot->weights, network_.nodes[before.inputs.front()].range);
  } else {
    IntegerNode sign = signChange(before, falls);
    sign.name = layer(node).name + "_sign";
    sign.inputs = {view.node};
    sign.source = node;
    view.node = add(std::move(sign));
  }
  for (std::size_t c = 0; c < falls.size(); ++c) {
    if (falls[c]) view.functions[c].scale = -view.functions[c].scale;
  }
}

Result<RealView> Lowering::lowerNorm(std::size_t node) {
  const TrainedNorm& norm = *norms_.at(node);
  RealView view = inputView(node);
  std::vector<bool> falls;
  for (const double factor : norm.factor) falls.push_back(factor < 0);
  makeAscending(node, view, falls);
  view.functions = perChannel(view.functions, graphNode(node).output.channels);
  for (std::size_t c = 0; c < view.functions.size(); ++c) {
    view.functions[c].steps.push_back({norm.mean[c], norm.factor[c], norm.beta[c]});
  }
  return view;
}

RealView Lowering::quantize(const RealView& view, const RealQuantizer& quantizer, double scale,
                            const std::string& name, std::size_t source) {
  const IntegerNode& before = network_.nodes[view.node];
  Thresholds thresholds{quantizer.format, {}};
  const auto* dot = std::get_if<DotProduct>(&before.operation);
  for (std::int64_t c = 0; c < before.output.channels; ++c) {
    IntegerRange range = before.range;
    if (dot != nullptr) {
      range = channelRange(dot->weights, c, network_.nodes[before.inputs.front()].range);
    }
    const auto row = findThresholds(view.function(c), quantizer, range.minimum, range.maximum);
    thresholds.values.insert(thresholds.values.end(), row.begin(), row.end());
  }
  const Shape shape = before.output;
  const std::size_t at = add(
      {name, std::move(thresholds), {view.node}, shape, rangeOf(quantizer.format), scale, source});
  return {at, {ChannelFunction{scale, {}}}};
}

Result<RealView> Lowering::lowerActivation(std::size_t node) {
  const auto found = activations_.find(node);
  if (found == activations_.end()) {
    return unsupported(layer(node).name, "a float network has no codes");
  }
  const RealView& view = inputView(node);
  // Quantized already, before the pixels were shuffled.
  if (view.quantized_for == node) {
    network_.nodes[view.node].source = node;
    return RealView{view.node, view.functions};
  }
  const TrainedActivation& activation = *found->second;
  return quantize(view, {activation.format, 1 / activation.scale}, activation.scale,
                  layer(node).name, node);
}

Result<RealView> Lowering::lowerPool(std::size_t node, const PoolLayer& pool) {
  RealView view = inputView(node);
  const Shape& in = network_.nodes[view.node].output;
  const bool global = pool.kernel == Extent{0, 0};
  const Extent kernel = global ? Extent{in.height, in.width} : pool.kernel;
  const Extent stride = global ? kernel : pool.stride;
  if (pool.kind == PoolKind::kMax) {
    view.node = addMove(node, view, Pool{PoolOperation::kMaximum, kernel, stride, pool.padding});
    return view;
  }
  const auto scale = view.codeScale();
  if (!scale) return unsupported(layer(node).name, "it averages values that are not quantized");
  const std::int64_t area = kernel.height * kernel.width;
  const IntegerRange range = network_.nodes[view.node].range;
  view.functions = {ChannelFunction{*scale / static_cast<double>(area), {}}};
  view.node = add({layer(node).name,
                   Pool{PoolOperation::kSum, kernel, stride, pool.padding},
                   {view.node},
                   graphNode(node).output,
                   {range.minimum * area, range.maximum * area},
                   view.codeScale(),
                   node});
  return view;
}

Result<RealView> Lowering::lowerJoin(std::size_t node) {
  const bool adds = std::holds_alternative<AddLayer>(layer(node).kind);
  IntegerNode joined{layer(node).name, {}, {}, graphNode(node).output, {}, {}, node};
  std::vector<ChannelFunction> functions;
  bool uniform = true;
  for (const std::size_t input : graphNode(node).inputs) {
    const RealView& view = views_[input];
    const IntegerNode& from = network_.nodes[view.node];
    joined.inputs.push_back(view.node);
    if (adds) {
      joined.range.minimum += from.range.minimum;
      joined.range.maximum += from.range.maximum;
    } else {
      joined.range.minimum = std::min(joined.range.minimum, from.range.minimum);
      joined.range.maximum = std::max(joined.range.maximum, from.range.maximum);
      const auto own = perChannel(view.functions, from.output.channels);
      functions.insert(functions.end(), own.begin(), own.end());
    }
    const bool same =
        view.codeScale() && view.codeScale() == views_[graphNode(node).inputs[0]].codeScale();
    uniform = uniform && same;
  }
  if (adds && !uniform) {
    return unsupported(layer(node).name,
                       "it adds values that are not codes of one scale (see 'share')");
  }
  if (uniform) functions = inputView(node).functions;
  RealView view{0, std::move(functions)};
  joined.scale = view.codeScale();
  if (adds) {
    joined.operation = Sum{};
  } else {
    joined.operation = Concat{};
  }
  view.node = add(std::move(joined));
  return view;
}

/// The activation that every value of this node reaches unchanged but for its place; the output
/// layer counts. None when something else reads them.
std::optional<std::size_t> Lowering::quantizerBehind(std::size_t node) const {
  for (;;) {
    const auto found = readers_.find(node);
    if (found == readers_.end() || found->second.size() != 1) return {};
    node = found->second.front();
    const LayerKind& kind = layer(node).kind;
    if (std::holds_alternative<ActivationLayer>(kind) || std::holds_alternative<OutputLayer>(kind))
      return node;
    if (!std::holds_alternative<ResizeLayer>(kind) &&
        !std::holds_alternative<PixelShuffleLayer>(kind))
      return {};
  }
}

/// Channels mix here, so that what still differs by channel is quantized first.
Result<RealView> Lowering::lowerShuffle(std::size_t node, const PixelShuffleLayer& shuffle) {
  RealView view = inputView(node);
  if (view.functions.size() > 1) {
    const auto quantizer = quantizerBehind(node);
    if (!quantizer) {
      return unsupported(layer(node).name,
                         "it shuffles values that are not quantized on either side of it");
    }
    const bool is_output = std::holds_alternative<OutputLayer>(layer(*quantizer).kind);
    if (is_output) {
      view = quantize(view, kPixel, kPixelScale, layer(*quantizer).name, *quantizer);
    } else {
      const auto found = activations_.find(*quantizer);
      if (found == activations_.end()) {
        return unsupported(layer(*quantizer).name, "a float network has no codes");
      }
      const TrainedActivation& activation = *found->second;
      view = quantize(view, {activation.format, 1 / activation.scale}, activation.scale,
                      layer(*quantizer).name, *quantizer);
    }
    view.quantized_for = quantizer;
  }
  view.node = addMove(node, view, PixelShuffle{shuffle.factor});
  return view;
}

/// Scores on the common scale of the largest slope: the multiplier of a channel is its slope in
/// units of slope/2^(kScoreBits − 1), fewer bits where the scores would leave 64.
RealView Lowering::score(const RealView& view, const std::string& name, std::size_t source) {
  const IntegerNode& before = network_.nodes[view.node];
  std::vector<AffineLine> lines;
  double steepest = 0;
  double farthest = 0;
  for (std::int64_t c = 0; c < before.output.channels; ++c) {
    lines.push_back(lineOf(view.function(c)));
    steepest = std::max(steepest, lines.back().slope);
    farthest = std::max(farthest, std::abs(lines.back().offset));
  }
  if (steepest == 0) steepest = 1;
  const auto reach = static_cast<double>(std::max(-before.range.minimum, before.range.maximum)) +
                     farthest / steepest + 1;
  const int bits = std::min(kScoreBits - 1, kWidestSum - 2 - std::ilogb(reach));
  const double scale = std::ldexp(steepest, -bits);
  Scores scores;
  IntegerRange range;
  for (const AffineLine& line : lines) {
    scores.multipliers.push_back(std::llround(line.slope / scale));
    scores.offsets.push_back(std::llround(line.offset / scale));
    const std::int64_t low = scores.multipliers.back() * before.range.minimum;
    const std::int64_t high = scores.multipliers.back() * before.range.maximum;
    range.minimum = std::min(range.minimum, low + scores.offsets.back());
    range.maximum = std::max(range.maximum, high + scores.offsets.back());
  }
  const Shape shape = before.output;
  const std::size_t at = add({name, std::move(scores), {view.node}, shape, range, scale, source});
  return {at, {ChannelFunction{scale, {}}}};
}

Result<RealView> Lowering::lowerOutput(std::size_t node) {
  const RealView& view = inputView(node);
  if (view.codeScale()) return view;
  const Shape& shape = network_.nodes[view.node].output;
  const bool is_image = shape.height * shape.width > 1;
  if (is_image) return quantize(view, kPixel, kPixelScale, layer(node).name, node);
  return score(view, layer(node).name, node);
}

}  // namespace

Result<IntegerNetwork> lowerToIntegers(const TrainedNetwork& trained) {
  return Lowering(trained).lower();
}

}  // namespace a2q
