// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/design_builder.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/network/code_ranges.h"
#include "hw_backend/design/finished_layers.h"

namespace a2q {
namespace {

/// A layer that gives planes `factor` times as high and wide.
DesignLayer enlarging(const std::string& name, DesignOperation operation, const Shape& input,
                      std::int64_t factor) {
  DesignLayer layer;
  layer.name = name;
  layer.operation = operation;
  layer.factor = factor;
  layer.output = {input.channels, factor * input.height, factor * input.width};
  return layer;
}

}  // namespace

DesignValue DesignBuilder::append(DesignLayer layer, const std::vector<DesignValue>& inputs,
                                  IntegerRange range) {
  for (const DesignValue& input : inputs) {
    layer.inputs.push_back(input.layer);
    layer.input_formats.push_back(network_.layers[input.layer].output_format);
    ++network_.layers[input.layer].readers;
  }
  layer.input = inputs.empty() ? layer.output : inputs.front().shape;
  network_.layers.push_back(std::move(layer));
  return {network_.layers.size() - 1, network_.layers.back().output, range};
}

DesignValue DesignBuilder::source(const std::string& name, const Shape& shape,
                                  IntegerFormat format) {
  DesignLayer layer;
  layer.name = name;
  layer.output = shape;
  layer.output_format = format;
  return append(std::move(layer), {}, rangeOf(format));
}

Result<DesignValue> DesignBuilder::dot(const std::string& name, const DesignValue& input,
                                       const Shape& output, const Dot& dot) {
  const bool depthwise = dot.groups > 1;
  if (depthwise && (dot.groups != input.shape.channels || output.channels != dot.groups)) {
    return notInLibrary(name,
                        fmt::format("a convolution of {} groups over {} channels to {}", dot.groups,
                                    input.shape.channels, output.channels),
                        "Convolutions of one group, or of as many as channels on both sides, have "
                        "blocks.");
  }
  DesignLayer layer;
  layer.name = name;
  layer.operation = depthwise ? DesignOperation::kDepthwise : DesignOperation::kDense;
  layer.output = output;
  layer.kernel = dot.kernel;
  layer.stride = dot.stride;
  layer.padding = dot.padding;
  layer.weights = dot.weights;
  layer.choice = dot.choice;
  layer.accumulator = dot.choice.data_type;
  layer.output_format = {layer.accumulator, Signedness::kSigned};
  DesignValue from = input;
  const Extent plane{from.shape.height, from.shape.width};
  // Over the whole plane there is one position: the stream itself is the vector.
  if (!depthwise && dot.kernel == plane && dot.padding == Extent{0, 0}) {
    from = flat(from);
    layer.kernel = {1, 1};
    layer.stride = {1, 1};
  }
  return append(std::move(layer), {from}, dot.range);
}

DesignValue DesignBuilder::thresholds(const std::string& name, const DesignValue& input,
                                      IntegerFormat format,
                                      const std::vector<std::int64_t>& constants) {
  DesignLayer layer;
  layer.name = name;
  layer.operation = DesignOperation::kThresholds;
  layer.output = input.shape;
  layer.output_format = format;
  layer.thresholds = format;
  // Compared as signed numbers, which take one bit more where there is no sign.
  IntegerRange range = input.range;
  // Stored as −T, which fits where T − 1 does: one that the least sum reaches may need a bit more.
  for (const std::int64_t threshold : constants)
    range = {std::min(range.minimum, threshold - 1), std::max(range.maximum, threshold - 1)};
  const IntegerFormat compared = formatOf(range);
  layer.accumulator = {compared.width.bits + (compared.isSigned() ? 0 : 1)};
  return append(std::move(layer), {input}, rangeOf(format));
}

Result<DesignValue> DesignBuilder::pool(const std::string& name, const DesignValue& input,
                                        const Shape& output, const Window& window) {
  if (!window.sums && input.range.minimum < 0 && window.padding != Extent{0, 0}) {
    return notInLibrary(name,
                        "a maximum of signed codes with padding: windows are padded with zeros",
                        "Pool without padding, or after an unsigned activation.");
  }
  DesignLayer layer;
  layer.name = name;
  layer.operation = DesignOperation::kPool;
  layer.output = output;
  layer.kernel = window.kernel;
  layer.stride = window.stride;
  layer.padding = window.padding;
  layer.sums = window.sums;
  IntegerRange range = input.range;
  layer.output_format = network_.layers[input.layer].output_format;
  if (window.sums) {
    range.minimum *= layer.taps();
    range.maximum *= layer.taps();
    layer.output_format = formatOf(range);
  }
  return append(std::move(layer), {input}, range);
}

DesignValue DesignBuilder::add(const std::string& name, const std::vector<DesignValue>& inputs) {
  IntegerRange range;
  for (const DesignValue& input : inputs) {
    range.minimum += input.range.minimum;
    range.maximum += input.range.maximum;
  }
  DesignLayer layer;
  layer.name = name;
  layer.operation = DesignOperation::kAdd;
  layer.output = inputs.front().shape;
  layer.output_format = formatOf(range);
  return append(std::move(layer), inputs, range);
}

DesignValue DesignBuilder::concat(const std::string& name, const std::vector<DesignValue>& inputs) {
  DesignLayer layer;
  layer.name = name;
  layer.operation = DesignOperation::kConcat;
  layer.output = inputs.front().shape;
  layer.output.channels = 0;
  IntegerRange range = inputs.front().range;
  for (const DesignValue& input : inputs) {
    range.minimum = std::min(range.minimum, input.range.minimum);
    range.maximum = std::max(range.maximum, input.range.maximum);
    layer.output.channels += input.shape.channels;
    layer.parts.push_back(input.shape.channels);
  }
  std::vector<IntegerFormat> formats;
  formats.reserve(inputs.size());
  for (const DesignValue& input : inputs)
    formats.push_back(network_.layers[input.layer].output_format);
  layer.output_format = commonFormat(formats);
  return append(std::move(layer), inputs, range);
}

DesignValue DesignBuilder::upsample(const std::string& name, const DesignValue& input,
                                    std::int64_t factor) {
  DesignLayer layer = enlarging(name, DesignOperation::kUpsample, input.shape, factor);
  layer.output_format = network_.layers[input.layer].output_format;
  return append(std::move(layer), {input}, input.range);
}

DesignValue DesignBuilder::shuffle(const std::string& name, const DesignValue& input,
                                   std::int64_t factor) {
  DesignLayer layer = enlarging(name, DesignOperation::kShuffle, input.shape, factor);
  layer.output.channels /= factor * factor;
  layer.output_format = network_.layers[input.layer].output_format;
  return append(std::move(layer), {input}, input.range);
}

DesignValue DesignBuilder::flat(DesignValue input) {
  input.shape = {input.shape.size(), 1, 1};
  return input;
}

void DesignBuilder::computes(const DesignValue& value, std::size_t node) {
  network_.layers[value.layer].nodes.push_back(node);
}

Result<DesignNetwork> DesignBuilder::finish() {
  if (network_.layers.size() == 1) {
    return fail(ErrorCode::kNotInLibrary, "the network has no layer to build",
                "its input goes to its output without any work in between",
                "Add a layer that computes: a convolution, a linear layer, pooling or an "
                "activation.");
  }
  network_.layers = finishedLayers(std::move(network_.layers));
  return std::move(network_);
}

tl::unexpected<Error> notInLibrary(const std::string& layer, const std::string& what,
                                   const std::string& remedy) {
  return fail(ErrorCode::kNotInLibrary, fmt::format("layer '{}' has no hardware block yet", layer),
              fmt::format("the block library lacks {}", what), remedy);
}

}  // namespace a2q
