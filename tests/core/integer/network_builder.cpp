// SPDX-License-Identifier: GPL-3.0-or-later
#include "network_builder.h"

#include <algorithm>

#include "core/network/code_ranges.h"

namespace a2q::testing {

NetworkBuilder::NetworkBuilder(Shape shape, IntegerFormat format) {
  network_.name = "built";
  InputLayer layer;
  layer.shape = shape;
  layer.format = format;
  IntegerNode node;
  node.name = "node0";
  node.operation = CodeInput{layer};
  node.output = shape;
  node.range = rangeOf(format);
  network_.nodes.push_back(std::move(node));
}

std::size_t NetworkBuilder::add(IntegerOperation operation, std::vector<std::size_t> inputs,
                                IntegerRange range) {
  std::vector<Shape> shapes;
  shapes.reserve(inputs.size());
  for (const std::size_t input : inputs) shapes.push_back(network_.nodes[input].output);
  IntegerNode node;
  node.name = "node" + std::to_string(network_.nodes.size());
  node.operation = std::move(operation);
  node.inputs = std::move(inputs);
  node.range = range;
  node.output = outputShape(node, shapes);
  network_.nodes.push_back(std::move(node));
  return last_ = network_.nodes.size() - 1;
}

std::size_t NetworkBuilder::dot(const DotShape& shape, BitWidth bits, const Weight& weight) {
  const IntegerRange in = lastRange();
  DotProduct dot;
  dot.kernel = shape.kernel;
  dot.stride = shape.stride;
  dot.padding = shape.padding;
  dot.groups = shape.groups;
  dot.weights.layer = "dot";
  dot.weights.channels = shape.filters;
  dot.weights.k = network_.nodes[last_].output.channels / shape.groups * shape.kernel.height *
                  shape.kernel.width;
  dot.weights.weight_bits = bits;
  dot.weights.input_format = formatOf(in);
  dot.weights.input_range = in;
  IntegerRange range;
  for (std::int64_t c = 0; c < shape.filters; ++c) {
    for (std::int64_t k = 0; k < dot.weights.k; ++k) dot.weights.values.push_back(weight(c, k));
    const AccumulatorRange sums = exactRange(signedSums(dot.weights.channel(c)), in);
    range = {std::min(range.minimum, static_cast<std::int64_t>(sums.low)),
             std::max(range.maximum, static_cast<std::int64_t>(sums.high))};
  }
  return add(std::move(dot), {last_}, range);
}

std::size_t NetworkBuilder::thresholds(IntegerFormat format, std::mt19937& random) {
  const IntegerRange range = lastRange();
  Thresholds thresholds;
  thresholds.format = format;
  // Both ends included: always reached, and one beyond what can be reached.
  std::uniform_int_distribution<std::int64_t> wide(range.minimum, range.maximum + 1);
  std::uniform_int_distribution<std::int64_t> close(range.minimum / 4, range.maximum / 4 + 1);
  for (std::int64_t c = 0; c < network_.nodes[last_].output.channels; ++c) {
    std::vector<std::int64_t> row(static_cast<std::size_t>(thresholds.levels()));
    for (std::int64_t& value : row) value = c % 2 == 0 ? wide(random) : close(random);
    std::ranges::sort(row);
    thresholds.values.insert(thresholds.values.end(), row.begin(), row.end());
  }
  return add(std::move(thresholds), {last_}, rangeOf(format));
}

std::size_t NetworkBuilder::pool(const Pool& pool) {
  IntegerRange range = lastRange();
  if (pool.operation == PoolOperation::kSum) {
    const std::int64_t count = pool.kernel.height * pool.kernel.width;
    range = {range.minimum * count, range.maximum * count};
  }
  return add(pool, {last_}, range);
}

std::size_t NetworkBuilder::sum(std::vector<std::size_t> inputs) {
  IntegerRange range;
  for (const std::size_t input : inputs) {
    range.minimum += network_.nodes[input].range.minimum;
    range.maximum += network_.nodes[input].range.maximum;
  }
  return add(Sum{}, std::move(inputs), range);
}

std::size_t NetworkBuilder::concat(std::vector<std::size_t> inputs) {
  IntegerRange range;
  for (const std::size_t input : inputs) {
    range.minimum = std::min(range.minimum, network_.nodes[input].range.minimum);
    range.maximum = std::max(range.maximum, network_.nodes[input].range.maximum);
  }
  return add(Concat{}, std::move(inputs), range);
}

std::size_t NetworkBuilder::resize(std::int64_t factor) {
  return add(Resize{factor}, {last_}, lastRange());
}

std::size_t NetworkBuilder::pixelShuffle(std::int64_t factor) {
  return add(PixelShuffle{factor}, {last_}, lastRange());
}

std::size_t NetworkBuilder::flatten() { return add(Flatten{}, {last_}, lastRange()); }

std::size_t NetworkBuilder::scores(std::mt19937& random) {
  Scores scores;
  std::uniform_int_distribution<std::int64_t> multiplier(1, std::int64_t{1} << 30);
  std::uniform_int_distribution<std::int64_t> offset(-(std::int64_t{1} << 40),
                                                     std::int64_t{1} << 40);
  for (std::int64_t c = 0; c < network_.nodes[last_].output.channels; ++c) {
    scores.multipliers.push_back(multiplier(random));
    scores.offsets.push_back(offset(random));
  }
  const std::int64_t widest = std::int64_t{1} << 62;
  return add(std::move(scores), {last_}, {-widest, widest});
}

NetworkBuilder::Weight randomWeights(std::mt19937& random, BitWidth bits, double density) {
  return [&random, limit = std::max<std::int64_t>(1, weightLimit(bits)), density](std::int64_t,
                                                                                  std::int64_t) {
    if (std::uniform_real_distribution<>(0, 1)(random) >= density) return std::int32_t{0};
    return static_cast<std::int32_t>(
        std::uniform_int_distribution<std::int64_t>(-limit, limit)(random));
  };
}

std::vector<std::int32_t> randomCodes(std::mt19937& random, IntegerFormat format,
                                      std::int64_t count) {
  std::vector<std::int32_t> codes(static_cast<std::size_t>(count));
  std::uniform_int_distribution<std::int64_t> code(format.minimum(), format.maximum());
  for (std::int32_t& value : codes) value = static_cast<std::int32_t>(code(random));
  return codes;
}

}  // namespace a2q::testing
