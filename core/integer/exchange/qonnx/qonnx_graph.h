// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <onnx/onnx_pb.h>

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/integer/exchange/export_network.h"
#include "core/integer/exchange/node_names.h"

namespace a2q {

/// What carries the integers of a tensor. QONNX wants float32, which is exact below 2^24; wider
/// integers take double, exact below 2^53, and scores int64.
enum class Container { kFloat, kDouble, kInt64 };

/// QONNX's name of the smallest data type that holds a range: "UINT4", "INT12", "BINARY".
[[nodiscard]] std::string dataTypeOf(IntegerRange range);

/// A tensor of the graph, for one sample. Rank 2 is [1, C], rank 4 [1, C, H, W]: QONNX and FINN
/// take a symbolic batch for a size of zero, so that it is 1.
struct QonnxTensor {
  std::string name;
  Shape shape;
  int rank = 4;
  Container container = Container::kFloat;
  std::string data_type;  ///< QONNX's

  [[nodiscard]] std::vector<std::int64_t> sizes() const;
};

/// Writes nodes, tensors and annotations into a graph and keeps names unique.
class QonnxGraph {
 public:
  explicit QonnxGraph(onnx::GraphProto& graph) : graph_(graph) {}

  [[nodiscard]] std::string uniqueName(const std::string& wanted) { return names_.take(wanted); }

  void addInput(const QonnxTensor& tensor);

  /// A node with one output; its name is that of the output with the operator before it.
  onnx::NodeProto& addNode(const std::string& op_type, const std::vector<std::string>& inputs,
                           const QonnxTensor& output);

  /// An initializer; without a data type it is not annotated. Returns its name.
  std::string addConstant(const std::string& name, std::span<const std::int64_t> values,
                          const std::vector<std::int64_t>& sizes, Container container,
                          const std::string& data_type = {});

  /// The tensor in another container, by a Cast that all readers share.
  QonnxTensor inContainer(const QonnxTensor& tensor, Container container);

  /// The tensor as [1, C·H·W] (Flatten) or as [1, C, 1, 1] (Unsqueeze).
  QonnxTensor withRank(const QonnxTensor& tensor, int rank);

  /// Makes the tensor that was added last the result of the graph.
  void setOutput();

  /// The initializers.
  [[nodiscard]] const std::vector<ExportedArray>& arrays() const { return arrays_; }

 private:
  void annotate(const std::string& tensor, const std::string& data_type);
  static void describe(onnx::ValueInfoProto& info, const QonnxTensor& tensor);

  onnx::GraphProto& graph_;
  UniqueNames names_;
  std::map<std::string, QonnxTensor> derived_;  ///< by name of the source and what was made of it
  std::vector<ExportedArray> arrays_;
};

void setAttribute(onnx::NodeProto& node, const std::string& name, std::int64_t value);
void setAttribute(onnx::NodeProto& node, const std::string& name,
                  const std::vector<std::int64_t>& values);
void setAttribute(onnx::NodeProto& node, const std::string& name, float value);
void setAttribute(onnx::NodeProto& node, const std::string& name, const std::string& text);

}  // namespace a2q
