// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/bounds/certificate.h"
#include "core/network/network_spec.h"
#include "core/network/shape.h"

namespace a2q {

/// Where integer codes enter: code = clip(⌊(p − offset)/step + 1/2⌋, format) of an 8-bit value p.
struct CodeInput {
  InputLayer layer;
};

/// Dot products, one accumulator per output channel: a convolution with zero padding, or a linear
/// layer as a convolution whose kernel is the whole input plane. Row c of the weights holds the
/// channel's K = (C/groups)·kh·kw integers in the order [input channel][kh][kw].
struct DotProduct {
  IntegerWeights weights;
  Extent kernel;
  Extent stride{1, 1};
  Extent padding{0, 0};
  std::int64_t groups = 1;
};

/// code = format.minimum() + the number of thresholds T_k ≤ a, for integers a of channel c. The
/// row of a channel ascends (equal thresholds allowed) and has 2^N − 1 entries; a threshold beyond
/// the range of `a` is stored as one above or at that range's end, so that it is never or always
/// reached.
struct Thresholds {
  IntegerFormat format;
  std::vector<std::int64_t> values;  ///< channels × levels
  [[nodiscard]] std::int64_t levels() const { return (std::int64_t{1} << format.width.bits) - 1; }
};

enum class PoolOperation { kMaximum, kSum };

/// Pooling of integers; zero padding counts in sums, and never in maxima.
struct Pool {
  PoolOperation operation = PoolOperation::kMaximum;
  Extent kernel;
  Extent stride;
  Extent padding{0, 0};
};

/// Element-wise sum of two or more inputs.
struct Sum {};

/// Concatenation along channels.
struct Concat {};

/// Nearest-neighbour enlargement.
struct Resize {
  std::int64_t factor = 2;
};

/// Depth to space: output (c, y·r + i, x·r + j) is input (c·r² + i·r + j, y, x).
struct PixelShuffle {
  std::int64_t factor = 2;
};

/// C × H × W becomes C·H·W × 1 × 1, in that order.
struct Flatten {};

/// The last layer on a common scale: score = a · multiplier[c] + offset[c], one integer per class;
/// the largest wins, the first one where several are equal.
struct Scores {
  std::vector<std::int64_t> multipliers;  ///< > 0
  std::vector<std::int64_t> offsets;
};

using IntegerOperation = std::variant<CodeInput, DotProduct, Thresholds, Pool, Sum, Concat, Resize,
                                      PixelShuffle, Flatten, Scores>;

/// One operation: the name of the layer it comes from, the positions of its inputs, and what it
/// gives for one sample.
struct IntegerNode {
  std::string name;
  IntegerOperation operation;
  std::vector<std::size_t> inputs;
  Shape output;
  /// Every integer this node can give, whatever the input.
  IntegerRange range;
  /// What the integer 1 stands for, where that is the same for all channels.
  std::optional<double> scale;
  /// Position in NetworkGraph::nodes of the layer it comes from.
  std::size_t source = 0;
};

/// A network without floating point: integer codes in, integers out, in topological order; the
/// first node is the only CodeInput, the last one the result (scores of classes, or the codes of an
/// image).
struct IntegerNetwork {
  std::string name;
  std::vector<IntegerNode> nodes;
};

/// "dot product", "thresholds", ...
[[nodiscard]] std::string_view operationName(const IntegerOperation& operation);

/// The output shape of a node for other shapes of its inputs than those it was lowered for: a
/// network of convolutions runs on images of any size.
[[nodiscard]] Shape outputShape(const IntegerNode& node, const std::vector<Shape>& inputs);

}  // namespace a2q
