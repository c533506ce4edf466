// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/exchange/qonnx/qonnx_model.h"

#include <fmt/format.h>

#include <limits>

#include "core/base/version.h"
#include "core/integer/exchange/accumulator_facts.h"
#include "core/integer/exchange/qonnx/qonnx_nodes.h"

namespace a2q {
namespace {

/// The version of the operators that QONNX and FINN work with, and of the format that fits it.
constexpr std::int64_t kOperatorSet = 11;
constexpr std::int64_t kFormatVersion = 6;

void addOperatorSet(onnx::ModelProto& model, const std::string& domain, std::int64_t version) {
  onnx::OperatorSetIdProto& set = *model.add_opset_import();
  set.set_domain(domain);
  set.set_version(version);
}

void addProperty(onnx::ModelProto& model, const std::string& key, const std::string& value) {
  onnx::StringStringEntryProto& entry = *model.add_metadata_props();
  entry.set_key("a2q." + key);
  entry.set_value(value);
}

/// What ONNX has no place for: how the codes are made, what results stand for, and every P.
void addProperties(onnx::ModelProto& model, const IntegerNetwork& network,
                   const std::vector<std::string>& names) {
  addProperty(model, "version", std::string(version()));
  if (const auto* input = std::get_if<CodeInput>(&network.nodes.front().operation)) {
    addProperty(model, "input.data_offset", std::to_string(input->layer.offset));
    addProperty(model, "input.data_step", std::to_string(input->layer.step));
    addProperty(model, "input.scale", fmt::format("{}", input->layer.scale));
  }
  if (const auto scale = network.nodes.back().scale) {
    addProperty(model, "output.scale", fmt::format("{}", *scale));
  }
  for (std::size_t i = 0; i < network.nodes.size(); ++i) {
    const auto* dot = std::get_if<DotProduct>(&network.nodes[i].operation);
    if (dot == nullptr) continue;
    const auto& target = dot->weights.accumulator;
    const IntegerRange inputs = network.nodes[network.nodes[i].inputs.front()].range;
    if (target) addProperty(model, names[i] + ".accumulator_bits", std::to_string(target->bits));
    addProperty(model, names[i] + ".safe_accumulator_bits",
                std::to_string(accumulatorFacts(dot->weights, inputs).smallest.bits));
  }
}

}  // namespace

Result<ExportedFile> qonnxOf(const IntegerNetwork& network) {
  const std::vector<std::string> names = nodeNames(network);
  onnx::ModelProto model;
  model.set_ir_version(kFormatVersion);
  model.set_producer_name("a2q");
  model.set_producer_version(std::string(version()));
  addOperatorSet(model, "", kOperatorSet);
  addOperatorSet(model, kQonnxDomain, 1);
  model.mutable_graph()->set_name(network.name);
  QonnxGraph graph(*model.mutable_graph());
  QonnxNodeWriter writer(network, names, graph);
  for (std::size_t i = 0; i < network.nodes.size(); ++i) {
    if (Status status = writer.writeNext(); !status) return forward(std::move(status));
  }
  graph.setOutput();
  addProperties(model, network, names);
  if (model.ByteSizeLong() > std::numeric_limits<std::int32_t>::max()) {
    return fail(ErrorCode::kNotExported, "the QONNX file would be too large",
                "protocol buffers end at 2 GiB");
  }
  return ExportedFile{model.SerializeAsString(), graph.arrays()};
}

}  // namespace a2q
