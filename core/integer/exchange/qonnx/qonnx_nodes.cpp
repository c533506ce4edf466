// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/exchange/qonnx/qonnx_nodes.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/integer/exchange/qonnx/qonnx_limits.h"

namespace a2q {

QonnxNodeWriter::QonnxNodeWriter(const IntegerNetwork& network,
                                 const std::vector<std::string>& names, QonnxGraph& graph)
    : network_(network), names_(names), graph_(graph) {
  for (const std::string& name : names) static_cast<void>(graph.uniqueName(name));
}

Status QonnxNodeWriter::writeNext() {
  const AccumulatorRange sums = runningRange(network_, tensors_.size());
  const bool is_score = std::holds_alternative<Scores>(node().operation);
  if (!is_score && !fitsDouble(sums)) {
    return fail(ErrorCode::kNotExported, fmt::format("QONNX cannot hold layer '{}'", name()),
                "its sums need more than 53 bits");
  }
  tensors_.push_back(
      std::visit([this](const auto& operation) { return write(operation); }, node().operation));
  return {};
}

QonnxTensor QonnxNodeWriter::output(int rank, Container container) const {
  return {name(), node().output, rank, container, dataTypeOf(node().range)};
}

std::vector<QonnxTensor> QonnxNodeWriter::alignedInputs(Container container) {
  int rank = 2;
  for (std::size_t i = 0; i < node().inputs.size(); ++i) rank = std::max(rank, input(i).rank);
  std::vector<QonnxTensor> out;
  for (std::size_t i = 0; i < node().inputs.size(); ++i) {
    out.push_back(graph_.inContainer(graph_.withRank(input(i), rank), container));
  }
  return out;
}

QonnxTensor QonnxNodeWriter::write(const CodeInput&) {
  QonnxTensor out = output(4, Container::kFloat);
  graph_.addInput(out);
  return out;
}

/// Thresholds are counted in the container of the sums; codes are float32 again.
QonnxTensor QonnxNodeWriter::write(const Thresholds& thresholds) {
  const QonnxTensor& sums = input();
  const IntegerRange range = inputRange();
  std::vector<std::int64_t> values = thresholds.values;
  // One beyond the range is never reached wherever it lies: it must fit the container.
  for (std::int64_t& value : values) value = std::clamp(value, range.minimum, range.maximum + 1);
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  const std::int64_t levels = thresholds.levels();
  const std::string constant = graph_.addConstant(
      name() + ".thresholds", values, {static_cast<std::int64_t>(values.size()) / levels, levels},
      sums.container, dataTypeOf({std::min<std::int64_t>(*low, 0), *high}));
  const QonnxTensor out = output(sums.rank, Container::kFloat);
  QonnxTensor counted = out;
  if (sums.container != out.container) {
    counted.name = graph_.uniqueName(name() + "_wide");
    counted.container = sums.container;
  }
  onnx::NodeProto& node = graph_.addNode("MultiThreshold", {sums.name, constant}, counted);
  node.set_domain(kQonnxDomain);
  setAttribute(node, "out_dtype", out.data_type);
  setAttribute(node, "out_scale", 1.0F);
  setAttribute(node, "out_bias", static_cast<float>(thresholds.format.minimum()));
  setAttribute(node, "data_layout", std::string("NCHW"));
  if (counted.name != out.name) {
    setAttribute(graph_.addNode("Cast", {counted.name}, out), "to",
                 std::int64_t{onnx::TensorProto::FLOAT});
  }
  return out;
}

QonnxTensor QonnxNodeWriter::write(const Sum&) {
  const std::vector<QonnxTensor> terms =
      alignedInputs(containerOf(runningRange(network_, tensors_.size())));
  const QonnxTensor out = output(terms.front().rank, terms.front().container);
  std::string sum = terms.front().name;
  IntegerRange range = inputRange();
  for (std::size_t i = 1; i < terms.size(); ++i) {
    QonnxTensor partial = out;
    range.minimum += inputRange(i).minimum;
    range.maximum += inputRange(i).maximum;
    if (i + 1 < terms.size()) {
      partial.name = graph_.uniqueName(fmt::format("{}_of{}", name(), i + 1));
      partial.data_type = dataTypeOf(range);
    }
    graph_.addNode("Add", {sum, terms[i].name}, partial);
    sum = partial.name;
  }
  return out;
}

QonnxTensor QonnxNodeWriter::write(const Concat&) {
  Container container = Container::kFloat;
  for (std::size_t i = 0; i < node().inputs.size(); ++i) {
    container = std::max(container, input(i).container);
  }
  const std::vector<QonnxTensor> parts = alignedInputs(container);
  std::vector<std::string> names;
  names.reserve(parts.size());
  for (const QonnxTensor& part : parts) names.push_back(part.name);
  const QonnxTensor out = output(parts.front().rank, container);
  setAttribute(graph_.addNode("Concat", names, out), "axis", std::int64_t{1});
  return out;
}

QonnxTensor QonnxNodeWriter::write(const Resize& resize) {
  const QonnxTensor in = graph_.withRank(input(), 4);
  const QonnxTensor out = output(4, in.container);
  const std::vector<std::int64_t> scales{1, 1, resize.factor, resize.factor};
  // The region of interest is not optional before opset 13; nearest neighbours do not use it.
  const std::string region = graph_.addConstant(name() + ".roi", {}, {0}, Container::kFloat);
  const std::string factors =
      graph_.addConstant(name() + ".scales", scales, {4}, Container::kFloat);
  onnx::NodeProto& node = graph_.addNode("Resize", {in.name, region, factors}, out);
  setAttribute(node, "mode", std::string("nearest"));
  setAttribute(node, "coordinate_transformation_mode", std::string("asymmetric"));
  setAttribute(node, "nearest_mode", std::string("floor"));
  return out;
}

QonnxTensor QonnxNodeWriter::write(const PixelShuffle& shuffle) {
  const QonnxTensor in = graph_.withRank(input(), 4);
  const QonnxTensor out = output(4, in.container);
  onnx::NodeProto& node = graph_.addNode("DepthToSpace", {in.name}, out);
  setAttribute(node, "blocksize", shuffle.factor);
  setAttribute(node, "mode", std::string("CRD"));
  return out;
}

QonnxTensor QonnxNodeWriter::write(const Flatten&) {
  const QonnxTensor out = output(2, input().container);
  setAttribute(graph_.addNode("Flatten", {input().name}, out), "axis", std::int64_t{1});
  return out;
}

/// In int64, where the large products are exact.
QonnxTensor QonnxNodeWriter::write(const Scores& scores) {
  const QonnxTensor in = graph_.inContainer(input(), Container::kInt64);
  const auto channels = static_cast<std::int64_t>(scores.multipliers.size());
  std::vector<std::int64_t> sizes(static_cast<std::size_t>(in.rank), 1);
  sizes[1] = channels;
  const std::string multipliers =
      graph_.addConstant(name() + ".multipliers", scores.multipliers, sizes, Container::kInt64);
  const std::string offsets =
      graph_.addConstant(name() + ".offsets", scores.offsets, sizes, Container::kInt64);
  const QonnxTensor out = output(in.rank, Container::kInt64);
  QonnxTensor product = out;
  product.name = graph_.uniqueName(name() + "_product");
  product.data_type = "INT64";
  graph_.addNode("Mul", {in.name, multipliers}, product);
  graph_.addNode("Add", {product.name, offsets}, out);
  return out;
}

}  // namespace a2q
