// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/integer/export_networks.h"

#include <algorithm>
#include <random>

#include "core/integer/exchange/accumulator_facts.h"

namespace a2q::testing {
namespace {

using Random = std::mt19937;

std::int64_t draw(Random& random, std::int64_t low, std::int64_t high) {
  return std::uniform_int_distribution<std::int64_t>(low, high)(random);
}

/// Adds nodes with shapes and ranges that follow from their inputs.
class Builder {
 public:
  explicit Builder(std::string name, std::uint32_t seed) : random_(seed) {
    network_.name = std::move(name);
  }

  void input(const Shape& shape, IntegerFormat format) {
    InputLayer layer{shape, format, 0.125, 0, 1};
    network_.nodes.push_back(
        {"input", CodeInput{layer}, {}, shape, rangeOf(format), layer.scale, 0});
  }

  std::size_t dot(const std::string& name, std::size_t from, std::int64_t channels, Extent kernel,
                  Extent stride, Extent padding, std::int64_t groups, int bits) {
    const IntegerNode& before = network_.nodes[from];
    IntegerWeights weights;
    weights.layer = name;
    weights.channels = channels;
    weights.k = before.output.channels / groups * kernel.height * kernel.width;
    weights.weight_bits = {bits};
    weights.input_range = before.range;
    const std::int64_t limit = weightLimit({bits});
    for (std::int64_t i = 0; i < channels * weights.k; ++i) {
      weights.values.push_back(static_cast<std::int32_t>(draw(random_, -limit, limit)));
    }
    const AccumulatorRange range = accumulatorFacts(weights, before.range).range;
    if (groups == 1) weights.accumulator = {smallestAccumulator(range).bits + 1};
    const IntegerRange sums{static_cast<std::int64_t>(range.low),
                            static_cast<std::int64_t>(range.high)};
    return add(name, DotProduct{weights, kernel, stride, padding, groups}, {from}, sums);
  }

  std::size_t thresholds(const std::string& name, std::size_t from, IntegerFormat format) {
    const IntegerNode& before = network_.nodes[from];
    Thresholds out{format, {}};
    for (std::int64_t c = 0; c < before.output.channels; ++c) {
      std::vector<std::int64_t> row;
      for (std::int64_t k = 0; k < out.levels(); ++k) {
        row.push_back(draw(random_, before.range.minimum / 4, before.range.maximum / 4));
      }
      std::sort(row.begin(), row.end());
      if (c == 1) row.back() = before.range.maximum + 1;  // never reached
      out.values.insert(out.values.end(), row.begin(), row.end());
    }
    const std::size_t at = add(name, std::move(out), {from}, rangeOf(format));
    network_.nodes[at].scale = 0.1;
    return at;
  }

  std::size_t scores(const std::string& name, std::size_t from) {
    const IntegerNode& before = network_.nodes[from];
    Scores out;
    IntegerRange range;
    for (std::int64_t c = 0; c < before.output.channels; ++c) {
      const std::int64_t multiplier = draw(random_, 1 << 20, 1 << 24);
      const std::int64_t offset = draw(random_, -(std::int64_t{1} << 36), std::int64_t{1} << 36);
      out.multipliers.push_back(multiplier);
      out.offsets.push_back(offset);
      range.minimum = std::min(range.minimum, multiplier * before.range.minimum + offset);
      range.maximum = std::max(range.maximum, multiplier * before.range.maximum + offset);
    }
    return add(name, std::move(out), {from}, range);
  }

  std::size_t sumPool(const std::string& name, std::size_t from, Pool pool) {
    pool.operation = PoolOperation::kSum;
    const std::int64_t area = pool.kernel.height * pool.kernel.width;
    const IntegerRange range = network_.nodes[from].range;
    return add(name, pool, {from}, {range.minimum * area, range.maximum * area});
  }

  std::size_t sum(const std::string& name, const std::vector<std::size_t>& from) {
    IntegerRange range;
    for (const std::size_t input : from) {
      range.minimum += network_.nodes[input].range.minimum;
      range.maximum += network_.nodes[input].range.maximum;
    }
    return add(name, Sum{}, from, range);
  }

  /// An operation that moves or picks values; its range is the union of its inputs'.
  std::size_t move(const std::string& name, IntegerOperation operation,
                   const std::vector<std::size_t>& from) {
    IntegerRange range;
    for (const std::size_t input : from) {
      range.minimum = std::min(range.minimum, network_.nodes[input].range.minimum);
      range.maximum = std::max(range.maximum, network_.nodes[input].range.maximum);
    }
    return add(name, std::move(operation), from, range);
  }

  IntegerNetwork take() { return std::move(network_); }

 private:
  std::size_t add(const std::string& name, IntegerOperation operation,
                  const std::vector<std::size_t>& from, IntegerRange range) {
    IntegerNode node{name, std::move(operation), from, {}, range, {}, network_.nodes.size()};
    std::vector<Shape> shapes;
    shapes.reserve(from.size());
    for (const std::size_t input : from) shapes.push_back(network_.nodes[input].output);
    node.output = outputShape(node, shapes);
    network_.nodes.push_back(std::move(node));
    return network_.nodes.size() - 1;
  }

  Random random_;
  IntegerNetwork network_;
};

constexpr Extent kOne{1, 1};
constexpr Extent kTwo{2, 2};
constexpr Extent kThree{3, 3};
constexpr Extent kNoPadding{0, 0};
constexpr IntegerFormat kUnsigned4{{4}, Signedness::kUnsigned};
constexpr IntegerFormat kSigned4{{4}, Signedness::kSigned};
constexpr IntegerFormat kUnsigned8{{8}, Signedness::kUnsigned};
constexpr IntegerFormat kSigned8{{8}, Signedness::kSigned};

}  // namespace

IntegerNetwork exportClassifier() {
  Builder b("classifier", 1);
  b.input({2, 12, 10}, kUnsigned8);
  std::size_t at = b.dot("conv1", 0, 6, {3, 2}, {1, 2}, {1, 0}, 1, 8);
  at = b.thresholds("relu1", at, kUnsigned4);
  at = b.move("pool1", Pool{PoolOperation::kMaximum, kThree, kTwo, kOne}, {at});
  at = b.dot("depthwise", at, 6, kThree, kOne, kOne, 6, 4);
  at = b.thresholds("sign", at, {{1}, Signedness::kUnsigned});
  at = b.dot("grouped", at, 8, kOne, kOne, kNoPadding, 2, 4);
  at = b.thresholds("relu2", at, kSigned4);
  at = b.sumPool("average", at, {{}, kTwo, kOne, kNoPadding});
  at = b.move("flatten", Flatten{}, {at});
  at = b.dot("linear1", at, 9, kOne, kOne, kNoPadding, 1, 4);
  at = b.thresholds("relu3", at, kUnsigned4);
  at = b.dot("negated", at, 9, kOne, kOne, kNoPadding, 9, 2);
  at = b.thresholds("relu4", at, kUnsigned4);
  at = b.dot("linear2", at, 5, kOne, kOne, kNoPadding, 1, 8);
  b.scores("output", at);
  return b.take();
}

IntegerNetwork exportImageNetwork() {
  Builder b("image", 2);
  b.input({1, 6, 8}, kSigned8);
  const std::size_t conv = b.dot("conv", 0, 8, kThree, kOne, kOne, 1, 4);
  const std::size_t first = b.thresholds("act", conv, kSigned4);
  const std::size_t again = b.dot("conv", first, 8, kThree, kOne, kOne, 1, 4);
  const std::size_t second = b.thresholds("act", again, kSigned4);
  const std::size_t sum = b.sum("residual", {first, second, first});
  const std::size_t window = b.sumPool("window", sum, {{}, kThree, kOne, kOne});
  const std::size_t codes = b.thresholds("codes", window, kUnsigned4);
  const std::size_t both = b.move("both", Concat{}, {codes, second});
  const std::size_t larger = b.move("larger", Resize{3}, {both});
  const std::size_t shuffled = b.move("shuffled", PixelShuffle{2}, {larger});
  const std::size_t last = b.dot("last", shuffled, 1, kThree, kThree, kOne, 1, 8);
  b.thresholds("output", last, kUnsigned8);
  return b.take();
}

IntegerNetwork exportWideNetwork() {
  Builder b("wide", 3);
  b.input({2, 5, 5}, {{12}, Signedness::kUnsigned});
  const std::size_t conv = b.dot("conv", 0, 4, kThree, kOne, kOne, 1, 16);
  const std::size_t most =
      b.move("most", Pool{PoolOperation::kMaximum, kTwo, kOne, kNoPadding}, {conv});
  const std::size_t codes = b.thresholds("codes", most, kSigned4);
  const std::size_t sums = b.sumPool("sums", most, {{}, kTwo, kTwo, kNoPadding});
  const std::size_t wide_codes = b.thresholds("wide_codes", sums, kSigned4);
  const std::size_t flat = b.move("flat", Flatten{}, {wide_codes});
  const std::size_t linear = b.dot("linear", flat, 3, kOne, kOne, kNoPadding, 1, 4);
  const std::size_t plane = b.dot("plane", codes, 3, {4, 4}, kOne, kNoPadding, 1, 24);
  b.scores("output", b.sum("join", {linear, plane}));
  return b.take();
}

}  // namespace a2q::testing
