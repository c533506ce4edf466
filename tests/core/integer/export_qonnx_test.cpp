// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <onnx/checker.h>
#include <onnx/onnx_pb.h>

#include <map>

#include "core/integer/exchange/export_network.h"
#include "tests/core/integer/export_networks.h"

namespace a2q::testing {
namespace {

onnx::ModelProto modelOf(const IntegerNetwork& network) {
  const auto file = exportNetwork(network, ExportFormat::kQonnx);
  onnx::ModelProto model;
  EXPECT_TRUE(file.has_value()) << describe(file.error());
  EXPECT_TRUE(file && model.ParseFromString(file->bytes));
  return model;
}

std::map<std::string, std::string> dataTypes(const onnx::ModelProto& model) {
  std::map<std::string, std::string> out;
  for (const auto& annotation : model.graph().quantization_annotation()) {
    EXPECT_EQ(annotation.quant_parameter_tensor_names(0).key(), "finn_datatype");
    const std::string& type = annotation.quant_parameter_tensor_names(0).value();
    EXPECT_TRUE(out.emplace(annotation.tensor_name(), type).second) << annotation.tensor_name();
  }
  return out;
}

std::vector<std::string> operators(const onnx::ModelProto& model) {
  std::vector<std::string> out;
  for (const auto& node : model.graph().node()) out.push_back(node.op_type());
  return out;
}

const onnx::NodeProto& nodeOf(const onnx::ModelProto& model, const std::string& output) {
  for (const auto& node : model.graph().node()) {
    if (node.output(0) == output) return node;
  }
  throw std::out_of_range(output);
}

TEST(ExportQonnx, PassesTheCheckerOfOnnx) {
  for (const IntegerNetwork& network :
       {exportClassifier(), exportImageNetwork(), exportWideNetwork()}) {
    EXPECT_NO_THROW(onnx::checker::check_model(modelOf(network))) << network.name;
  }
}

TEST(ExportQonnx, OperatorsAreThoseThatFinnReads) {
  EXPECT_THAT(operators(modelOf(exportClassifier())),
              ::testing::ElementsAre("Conv", "MultiThreshold", "MaxPool", "Conv", "MultiThreshold",
                                     "Conv", "MultiThreshold", "QuantAvgPool2d", "Flatten",
                                     "MatMul", "MultiThreshold", "Unsqueeze", "Conv",
                                     "MultiThreshold", "Flatten", "MatMul", "Cast", "Mul", "Add"));
}

TEST(ExportQonnx, TensorsCarryTheirDataTypes) {
  const onnx::ModelProto model = modelOf(exportClassifier());
  const auto types = dataTypes(model);
  EXPECT_EQ(types.at("input"), "UINT8");
  EXPECT_EQ(types.at("conv1.weights"), "INT8");
  EXPECT_EQ(types.at("depthwise.weights"), "INT4");
  EXPECT_EQ(types.at("relu1"), "UINT4");
  EXPECT_EQ(types.at("sign"), "BINARY");
  EXPECT_EQ(types.at("relu2"), "INT4");
  for (const auto& info : model.graph().value_info()) {
    EXPECT_TRUE(types.contains(info.name())) << info.name();
  }
}

TEST(ExportQonnx, AccumulatorsCarryTheirTarget) {
  const IntegerNetwork network = exportClassifier();
  const auto types = dataTypes(modelOf(network));
  const int target = std::get<DotProduct>(network.nodes[1].operation).weights.accumulator->bits;
  EXPECT_EQ(types.at("conv1"), "INT" + std::to_string(target));
}

// A target that the weights do not keep must not be told as a data type.
TEST(ExportQonnx, UnsafeTargetsAreNoDataTypes) {
  IntegerNetwork network = exportClassifier();
  auto& weights = std::get<DotProduct>(network.nodes[1].operation).weights;
  const int safe = weights.accumulator->bits - 1;
  weights.accumulator = BitWidth{safe - 3};
  const onnx::ModelProto model = modelOf(network);
  EXPECT_EQ(dataTypes(model).at("conv1"), "INT" + std::to_string(safe));
  std::map<std::string, std::string> properties;
  for (const auto& entry : model.metadata_props()) properties[entry.key()] = entry.value();
  EXPECT_EQ(properties.at("a2q.conv1.accumulator_bits"), std::to_string(safe - 3));
  EXPECT_EQ(properties.at("a2q.conv1.safe_accumulator_bits"), std::to_string(safe));
}

TEST(ExportQonnx, MultiThresholdIsInQonnxDomain) {
  const onnx::ModelProto model = modelOf(exportClassifier());
  const onnx::NodeProto& node = nodeOf(model, "relu2");
  EXPECT_EQ(node.domain(), "qonnx.custom_op.general");
  std::map<std::string, onnx::AttributeProto> attributes;
  for (const auto& attribute : node.attribute()) attributes[attribute.name()] = attribute;
  EXPECT_EQ(attributes.at("out_dtype").s(), "INT4");
  EXPECT_EQ(attributes.at("out_bias").f(), -8.0F);
  EXPECT_EQ(attributes.at("out_scale").f(), 1.0F);
  EXPECT_EQ(attributes.at("data_layout").s(), "NCHW");
}

TEST(ExportQonnx, WideSumsAreInDouble) {
  const onnx::ModelProto model = modelOf(exportWideNetwork());
  std::map<std::string, int> containers;
  for (const auto& info : model.graph().value_info()) {
    containers[info.name()] = info.type().tensor_type().elem_type();
  }
  EXPECT_EQ(containers.at("conv"), onnx::TensorProto::DOUBLE);
  EXPECT_EQ(containers.at("most"), onnx::TensorProto::DOUBLE);
  EXPECT_EQ(containers.at("codes"), onnx::TensorProto::FLOAT);
  EXPECT_EQ(containers.at("linear"), onnx::TensorProto::FLOAT);
  EXPECT_EQ(model.graph().output(0).type().tensor_type().elem_type(), onnx::TensorProto::INT64);
}

TEST(ExportQonnx, SumsBeyondDoubleAreRefused) {
  IntegerNetwork network = exportClassifier();
  network.nodes[3].range.maximum = std::int64_t{1} << 53;
  const auto file = exportNetwork(network, ExportFormat::kQonnx);
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error().code, ErrorCode::kNotExported);
  EXPECT_THAT(file.error().message, ::testing::HasSubstr("pool1"));
}

TEST(ExportQonnx, EqualNetworksGiveEqualBytes) {
  const auto once = exportNetwork(exportImageNetwork(), ExportFormat::kQonnx);
  const auto again = exportNetwork(exportImageNetwork(), ExportFormat::kQonnx);
  ASSERT_TRUE(once.has_value() && again.has_value());
  EXPECT_EQ(once->bytes, again->bytes);
}

}  // namespace
}  // namespace a2q::testing
