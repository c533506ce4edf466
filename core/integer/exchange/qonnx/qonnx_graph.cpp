// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/exchange/qonnx/qonnx_graph.h"

#include <fmt/format.h>

#include <bit>
#include <cstring>
#include <string_view>

namespace a2q {
namespace {

static_assert(std::endian::native == std::endian::little, "raw_data is little-endian");

onnx::TensorProto::DataType onnxType(Container container) {
  switch (container) {
    case Container::kFloat: return onnx::TensorProto::FLOAT;
    case Container::kDouble: return onnx::TensorProto::DOUBLE;
    case Container::kInt64: break;
  }
  return onnx::TensorProto::INT64;
}

std::string_view containerName(Container container) {
  switch (container) {
    case Container::kFloat: return "float32";
    case Container::kDouble: return "float64";
    case Container::kInt64: break;
  }
  return "int64";
}

template <class T>
std::string rawBytes(std::span<const std::int64_t> values) {
  std::string out(values.size() * sizeof(T), '\0');
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto value = static_cast<T>(values[i]);
    std::memcpy(out.data() + i * sizeof(T), &value, sizeof(T));
  }
  return out;
}

std::string rawBytes(std::span<const std::int64_t> values, Container container) {
  switch (container) {
    case Container::kFloat: return rawBytes<float>(values);
    case Container::kDouble: return rawBytes<double>(values);
    case Container::kInt64: break;
  }
  return rawBytes<std::int64_t>(values);
}

}  // namespace

std::string dataTypeOf(IntegerRange range) {
  if (range.minimum < 0) {
    return fmt::format("INT{}", smallestAccumulator({range.minimum, range.maximum}).bits);
  }
  const auto bits = std::bit_width(static_cast<std::uint64_t>(range.maximum));
  return bits <= 1 ? "BINARY" : fmt::format("UINT{}", bits);
}

std::vector<std::int64_t> QonnxTensor::sizes() const {
  if (rank == 2) return {1, shape.size()};
  return {1, shape.channels, shape.height, shape.width};
}

void QonnxGraph::annotate(const std::string& tensor, const std::string& data_type) {
  if (data_type.empty()) return;
  onnx::TensorAnnotation& annotation = *graph_.add_quantization_annotation();
  annotation.set_tensor_name(tensor);
  onnx::StringStringEntryProto& entry = *annotation.add_quant_parameter_tensor_names();
  entry.set_key("finn_datatype");
  entry.set_value(data_type);
}

void QonnxGraph::describe(onnx::ValueInfoProto& info, const QonnxTensor& tensor) {
  info.set_name(tensor.name);
  auto& type = *info.mutable_type()->mutable_tensor_type();
  type.set_elem_type(onnxType(tensor.container));
  for (const std::int64_t size : tensor.sizes()) {
    type.mutable_shape()->add_dim()->set_dim_value(size);
  }
}

void QonnxGraph::addInput(const QonnxTensor& tensor) {
  describe(*graph_.add_input(), tensor);
  annotate(tensor.name, tensor.data_type);
}

onnx::NodeProto& QonnxGraph::addNode(const std::string& op_type,
                                     const std::vector<std::string>& inputs,
                                     const QonnxTensor& output) {
  onnx::NodeProto& node = *graph_.add_node();
  node.set_op_type(op_type);
  node.set_name(op_type + "_" + output.name);
  for (const std::string& input : inputs) node.add_input(input);
  node.add_output(output.name);
  describe(*graph_.add_value_info(), output);
  annotate(output.name, output.data_type);
  return node;
}

std::string QonnxGraph::addConstant(const std::string& name, std::span<const std::int64_t> values,
                                    const std::vector<std::int64_t>& sizes, Container container,
                                    const std::string& data_type) {
  onnx::TensorProto& tensor = *graph_.add_initializer();
  tensor.set_name(uniqueName(name));
  tensor.set_data_type(onnxType(container));
  for (const std::int64_t size : sizes) tensor.add_dims(size);
  tensor.set_raw_data(rawBytes(values, container));
  annotate(tensor.name(), data_type);
  std::string type(containerName(container));
  if (!data_type.empty()) type += " " + data_type;
  arrays_.push_back(
      {tensor.name(), std::move(type), sizes, static_cast<std::int64_t>(tensor.raw_data().size())});
  return tensor.name();
}

QonnxTensor QonnxGraph::inContainer(const QonnxTensor& tensor, Container container) {
  if (tensor.container == container) return tensor;
  const std::string key = fmt::format("{}:{}", tensor.name, containerName(container));
  if (const auto found = derived_.find(key); found != derived_.end()) return found->second;
  QonnxTensor out = tensor;
  out.name = uniqueName(fmt::format("{}_{}", tensor.name, containerName(container)));
  out.container = container;
  setAttribute(addNode("Cast", {tensor.name}, out), "to",
               static_cast<std::int64_t>(onnxType(container)));
  return derived_[key] = out;
}

QonnxTensor QonnxGraph::withRank(const QonnxTensor& tensor, int rank) {
  if (tensor.rank == rank) return tensor;
  const bool flat = rank == 2;
  const std::string key = fmt::format("{}:rank{}", tensor.name, rank);
  if (const auto found = derived_.find(key); found != derived_.end()) return found->second;
  QonnxTensor out = tensor;
  out.name = uniqueName(tensor.name + (flat ? "_flat" : "_plane"));
  out.rank = rank;
  out.shape = {tensor.shape.size(), 1, 1};
  if (flat) {
    setAttribute(addNode("Flatten", {tensor.name}, out), "axis", std::int64_t{1});
  } else {
    setAttribute(addNode("Unsqueeze", {tensor.name}, out), "axes", std::vector<std::int64_t>{2, 3});
  }
  return derived_[key] = out;
}

void QonnxGraph::setOutput() {
  auto& tensors = *graph_.mutable_value_info();
  if (tensors.empty()) return;
  *graph_.add_output() = *tensors.rbegin();
  tensors.RemoveLast();
}

}  // namespace a2q
