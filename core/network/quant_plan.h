// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/bounds/accumulator_bounds.h"
#include "core/network/graph.h"
#include "core/network/quant_spec.h"

namespace a2q {

/// The resolved quantization of one layer with weights.
struct WeightPlan {
  std::size_t node = 0;  ///< position in NetworkGraph::nodes
  QuantMethod method = QuantMethod::kFloat;
  std::int64_t channels = 0;
  DotLength k = 0;
  BitWidth weight_bits;
  IntegerFormat input_format;
  IntegerRange input_range;
  std::optional<BitWidth> accumulator;  ///< P of A2Q and A2Q+; none: free
  std::optional<L1Rule>
      rule;  ///< A2Q+ falls back to A2Q for depthwise layers that do not override it
};

/// The resolved format of one activation quantizer; a float network has none.
struct ActivationPlan {
  std::size_t node = 0;
  IntegerFormat format;
};

/// Every default, policy and override of a QuantSpec applied to a network.
struct QuantPlan {
  std::vector<WeightPlan> weights;
  std::vector<ActivationPlan> activations;
};

/// Resolves M, N, P and method for each layer. N of a layer follows the codes that reach it: an
/// activation or the input, through max pooling, flatten, resize, pixel shuffle and concatenation;
/// an average pool multiplies the range by its area, an addition adds the ranges. Errors: P too
/// small for any non-zero weight (names the least useful P), M outside 2..16, N outside 1..16,
/// P outside 4..64, an override of a layer that is not there or cannot take it, a layer with
/// weights whose input is not quantized (float networks excepted), quantizers that share a scale
/// but differ.
[[nodiscard]] Result<QuantPlan> planQuantization(const NetworkSpec& network,
                                                 const NetworkGraph& graph, const QuantSpec& quant);

}  // namespace a2q
