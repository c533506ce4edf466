// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/exchange/qonnx/qonnx_graph.h"

namespace a2q {
namespace {

onnx::AttributeProto& addAttribute(onnx::NodeProto& node, const std::string& name,
                                   onnx::AttributeProto::AttributeType type) {
  onnx::AttributeProto& attribute = *node.add_attribute();
  attribute.set_name(name);
  attribute.set_type(type);
  return attribute;
}

}  // namespace

void setAttribute(onnx::NodeProto& node, const std::string& name, std::int64_t value) {
  addAttribute(node, name, onnx::AttributeProto::INT).set_i(value);
}

void setAttribute(onnx::NodeProto& node, const std::string& name,
                  const std::vector<std::int64_t>& values) {
  onnx::AttributeProto& attribute = addAttribute(node, name, onnx::AttributeProto::INTS);
  for (const std::int64_t value : values) attribute.add_ints(value);
}

void setAttribute(onnx::NodeProto& node, const std::string& name, float value) {
  addAttribute(node, name, onnx::AttributeProto::FLOAT).set_f(value);
}

void setAttribute(onnx::NodeProto& node, const std::string& name, const std::string& text) {
  addAttribute(node, name, onnx::AttributeProto::STRING).set_s(text);
}

}  // namespace a2q
