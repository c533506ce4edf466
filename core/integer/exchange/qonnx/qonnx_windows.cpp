// SPDX-License-Identifier: GPL-3.0-or-later
// Dot products and pools: the operators that slide a window.
#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "core/integer/exchange/accumulator_facts.h"
#include "core/integer/exchange/qonnx/qonnx_limits.h"
#include "core/integer/exchange/qonnx/qonnx_nodes.h"

namespace a2q {
namespace {

void setWindow(onnx::NodeProto& node, const Extent& kernel, const Extent& stride,
               const Extent& padding) {
  setAttribute(node, "kernel_shape", std::vector{kernel.height, kernel.width});
  setAttribute(node, "strides", std::vector{stride.height, stride.width});
  setAttribute(node, "pads",
               std::vector{padding.height, padding.width, padding.height, padding.width});
}

void setConvolution(onnx::NodeProto& node, std::int64_t groups) {
  setAttribute(node, "dilations", std::vector<std::int64_t>{1, 1});
  setAttribute(node, "group", groups);
}

/// Whether the kernel is the whole plane: one product of a matrix and a vector.
bool isFullyConnected(const DotProduct& dot, const Shape& input) {
  return dot.groups == 1 && dot.padding == Extent{0, 0} &&
         dot.kernel == Extent{input.height, input.width};
}

/// channels × K becomes K × channels.
std::vector<std::int64_t> transposed(const IntegerWeights& weights) {
  std::vector<std::int64_t> out(weights.values.size());
  for (std::int64_t c = 0; c < weights.channels; ++c) {
    const auto row = weights.channel(c);
    for (std::size_t i = 0; i < row.size(); ++i) {
      out[i * static_cast<std::size_t>(weights.channels) + static_cast<std::size_t>(c)] = row[i];
    }
  }
  return out;
}

/// The type of M-bit weights; a wider one where they do not fit it.
std::string weightType(const IntegerWeights& weights) {
  IntegerRange range = rangeOf(IntegerFormat{weights.weight_bits, Signedness::kSigned});
  for (const std::int32_t value : weights.values) {
    range.minimum = std::min<std::int64_t>(range.minimum, value);
    range.maximum = std::max<std::int64_t>(range.maximum, value);
  }
  return dataTypeOf(range);
}

/// The settings of QuantAvgPool2d; with them it shifts by nothing and gives the sum.
struct AveragePoolBits {
  int input = 0;
  int output = 0;
};

AveragePoolBits averagePoolBits(const Pool& pool, IntegerRange input, IntegerRange sums) {
  const bool is_signed = input.minimum < 0;
  const auto bits_of = [](std::int64_t value) {
    return static_cast<int>(std::bit_width(static_cast<std::uint64_t>(value)));
  };
  AveragePoolBits bits;
  bits.input = is_signed ? smallestAccumulator({input.minimum, input.maximum}).bits
                         : std::max(1, bits_of(input.maximum));
  const std::int64_t largest = (std::int64_t{1} << bits.input) - 1;
  bits.output = bits_of(largest * pool.kernel.height * pool.kernel.width);
  if (is_signed) {
    bits.output = std::max(bits.output, smallestAccumulator({sums.minimum, sums.maximum}).bits);
  }
  bits.output = std::max(bits.output, 2);
  return bits;
}

/// It knows squares without padding, and averages in float32, which is exact after rounding while
/// sums stay well below 2^24.
bool isAveragePool(const Pool& pool, IntegerRange sums) {
  constexpr std::int64_t kMost = std::int64_t{1} << 21;
  return pool.padding == Extent{0, 0} && pool.kernel.height == pool.kernel.width &&
         pool.stride.height == pool.stride.width && -kMost < sums.minimum && sums.maximum < kMost;
}

}  // namespace

QonnxTensor QonnxNodeWriter::write(const DotProduct& dot) {
  const AccumulatorFacts facts = accumulatorFacts(dot.weights, inputRange());
  const Container container = containerOf(facts.range);
  const bool is_matrix = isFullyConnected(dot, input().shape);
  const int rank = is_matrix ? 2 : 4;
  const QonnxTensor in = graph_.inContainer(graph_.withRank(input(), rank), container);
  QonnxTensor out = output(rank, container);
  out.data_type = fmt::format("INT{}", facts.shown.bits);
  return is_matrix ? writeMatMul(dot, in, std::move(out)) : writeConv(dot, in, std::move(out));
}

QonnxTensor QonnxNodeWriter::writeMatMul(const DotProduct& dot, const QonnxTensor& input,
                                         QonnxTensor output) {
  const std::string weights = graph_.addConstant(name() + ".weights", transposed(dot.weights),
                                                 {dot.weights.k, dot.weights.channels},
                                                 output.container, weightType(dot.weights));
  graph_.addNode("MatMul", {input.name, weights}, output);
  return output;
}

QonnxTensor QonnxNodeWriter::writeConv(const DotProduct& dot, const QonnxTensor& input,
                                       QonnxTensor output) {
  const IntegerWeights& integers = dot.weights;
  const std::vector<std::int64_t> values(integers.values.begin(), integers.values.end());
  const std::vector<std::int64_t> sizes{integers.channels,
                                        integers.k / (dot.kernel.height * dot.kernel.width),
                                        dot.kernel.height, dot.kernel.width};
  const std::string weights = graph_.addConstant(name() + ".weights", values, sizes,
                                                 output.container, weightType(integers));
  onnx::NodeProto& node = graph_.addNode("Conv", {input.name, weights}, output);
  setWindow(node, dot.kernel, dot.stride, dot.padding);
  setConvolution(node, dot.groups);
  return output;
}

QonnxTensor QonnxNodeWriter::write(const Pool& pool) {
  const QonnxTensor in = graph_.withRank(input(), 4);
  if (pool.operation == PoolOperation::kMaximum) {
    const QonnxTensor out = output(4, in.container);
    setWindow(graph_.addNode("MaxPool", {in.name}, out), pool.kernel, pool.stride, pool.padding);
    return out;
  }
  const Container container = containerOf(runningRange(network_, tensors_.size()));
  return writeSumPool(pool, graph_.inContainer(in, container), output(4, container));
}

/// QuantAvgPool2d where it gives the exact sum, else a convolution with ones.
QonnxTensor QonnxNodeWriter::writeSumPool(const Pool& pool, const QonnxTensor& input,
                                          QonnxTensor output) {
  const IntegerRange range = inputRange();
  if (isAveragePool(pool, node().range)) {
    const AveragePoolBits bits = averagePoolBits(pool, range, node().range);
    output.data_type = fmt::format("{}{}", range.minimum < 0 ? "INT" : "UINT", bits.output);
    onnx::NodeProto& average = graph_.addNode("QuantAvgPool2d", {input.name}, output);
    average.set_domain(kQonnxDomain);
    setAttribute(average, "kernel", pool.kernel.height);
    setAttribute(average, "stride", pool.stride.height);
    setAttribute(average, "ibits", std::int64_t{bits.input});
    setAttribute(average, "obits", std::int64_t{bits.output});
    setAttribute(average, "signed", std::int64_t{range.minimum < 0 ? 1 : 0});
    setAttribute(average, "data_layout", std::string("NCHW"));
    return output;
  }
  const std::int64_t channels = output.shape.channels;
  const std::int64_t count = channels * pool.kernel.height * pool.kernel.width;
  const std::vector<std::int64_t> ones(static_cast<std::size_t>(count), 1);
  const std::string weights = graph_.addConstant(
      name() + ".ones", ones, {channels, 1, pool.kernel.height, pool.kernel.width},
      output.container, "BINARY");
  onnx::NodeProto& sum = graph_.addNode("Conv", {input.name, weights}, output);
  setWindow(sum, pool.kernel, pool.stride, pool.padding);
  setConvolution(sum, channels);
  return output;
}

}  // namespace a2q
