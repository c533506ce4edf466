// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/integer_network.h"

namespace a2q {
namespace {

std::int64_t slidingSize(std::int64_t size, std::int64_t kernel, std::int64_t stride,
                         std::int64_t padding) {
  return (size + 2 * padding - kernel) / stride + 1;
}

/// A sliding window over the plane, as of a convolution or a pool.
Shape slid(const Shape& in, std::int64_t channels, const Extent& kernel, const Extent& stride,
           const Extent& padding) {
  return {channels, slidingSize(in.height, kernel.height, stride.height, padding.height),
          slidingSize(in.width, kernel.width, stride.width, padding.width)};
}

struct ShapeOf {
  const Shape& fixed;
  const std::vector<Shape>& in;

  Shape operator()(const CodeInput&) const { return fixed; }
  Shape operator()(const DotProduct& dot) const {
    return slid(in[0], dot.weights.channels, dot.kernel, dot.stride, dot.padding);
  }
  Shape operator()(const Thresholds&) const { return in[0]; }
  Shape operator()(const Pool& pool) const {
    return slid(in[0], in[0].channels, pool.kernel, pool.stride, pool.padding);
  }
  Shape operator()(const Sum&) const { return in[0]; }
  Shape operator()(const Concat&) const {
    Shape out = in[0];
    for (std::size_t i = 1; i < in.size(); ++i) out.channels += in[i].channels;
    return out;
  }
  Shape operator()(const Resize& resize) const {
    return {in[0].channels, in[0].height * resize.factor, in[0].width * resize.factor};
  }
  Shape operator()(const PixelShuffle& shuffle) const {
    return {in[0].channels / (shuffle.factor * shuffle.factor), in[0].height * shuffle.factor,
            in[0].width * shuffle.factor};
  }
  Shape operator()(const Flatten&) const { return {in[0].size(), 1, 1}; }
  Shape operator()(const Scores&) const { return in[0]; }
};

struct NameOf {
  std::string_view operator()(const CodeInput&) const { return "code input"; }
  std::string_view operator()(const DotProduct&) const { return "dot product"; }
  std::string_view operator()(const Thresholds&) const { return "thresholds"; }
  std::string_view operator()(const Pool& pool) const {
    return pool.operation == PoolOperation::kMaximum ? "maximum pool" : "sum pool";
  }
  std::string_view operator()(const Sum&) const { return "sum"; }
  std::string_view operator()(const Concat&) const { return "concatenation"; }
  std::string_view operator()(const Resize&) const { return "resize"; }
  std::string_view operator()(const PixelShuffle&) const { return "pixel shuffle"; }
  std::string_view operator()(const Flatten&) const { return "flatten"; }
  std::string_view operator()(const Scores&) const { return "scores"; }
};

}  // namespace

std::string_view operationName(const IntegerOperation& operation) {
  return std::visit(NameOf{}, operation);
}

Shape outputShape(const IntegerNode& node, const std::vector<Shape>& inputs) {
  return std::visit(ShapeOf{node.output, inputs}, node.operation);
}

}  // namespace a2q
