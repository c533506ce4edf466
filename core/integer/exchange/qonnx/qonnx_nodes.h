// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/integer/exchange/qonnx/qonnx_graph.h"

namespace a2q {

/// The domain of QONNX's own operators.
inline constexpr const char* kQonnxDomain = "qonnx.custom_op.general";

/// Writes the nodes of a network, one after the other, as the operators that QONNX and FINN know.
/// Every tensor that stands for a node has the node's name.
class QonnxNodeWriter {
 public:
  /// `names`: nodeNames() of the network.
  QonnxNodeWriter(const IntegerNetwork& network, const std::vector<std::string>& names,
                  QonnxGraph& graph);

  /// The next node. Errors: kNotExported when its integers do not fit a container.
  [[nodiscard]] Status writeNext();

 private:
  QonnxTensor write(const CodeInput& input);
  QonnxTensor write(const DotProduct& dot);
  QonnxTensor write(const Thresholds& thresholds);
  QonnxTensor write(const Pool& pool);
  QonnxTensor write(const Sum& sum);
  QonnxTensor write(const Concat& concat);
  QonnxTensor write(const Resize& resize);
  QonnxTensor write(const PixelShuffle& shuffle);
  QonnxTensor write(const Flatten& flatten);
  QonnxTensor write(const Scores& scores);

  QonnxTensor writeMatMul(const DotProduct& dot, const QonnxTensor& input, QonnxTensor output);
  QonnxTensor writeConv(const DotProduct& dot, const QonnxTensor& input, QonnxTensor output);
  QonnxTensor writeSumPool(const Pool& pool, const QonnxTensor& input, QonnxTensor output);

  [[nodiscard]] const IntegerNode& node() const { return network_.nodes[tensors_.size()]; }
  [[nodiscard]] const std::string& name() const { return names_[tensors_.size()]; }
  [[nodiscard]] const QonnxTensor& input(std::size_t index = 0) const {
    return tensors_[node().inputs[index]];
  }
  [[nodiscard]] IntegerRange inputRange(std::size_t index = 0) const {
    return network_.nodes[node().inputs[index]].range;
  }
  /// All inputs in one rank and container.
  std::vector<QonnxTensor> alignedInputs(Container container);
  /// The tensor of this node.
  [[nodiscard]] QonnxTensor output(int rank, Container container) const;

  const IntegerNetwork& network_;
  const std::vector<std::string>& names_;
  QonnxGraph& graph_;
  std::vector<QonnxTensor> tensors_;  ///< of the nodes written so far
};

}  // namespace a2q
