// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

#include "core/bounds/accumulator_bounds.h"
#include "core/network/quant_plan.h"

namespace a2q {

/// Scales and norms are floored here, as the authors' implementation does.
inline constexpr double kScaleFloor = 1e-10;

/// Everything a weight quantizer needs to know about its layer, as numbers.
struct WeightRule {
  QuantMethod method = QuantMethod::kQat;  ///< kQat, kA2q or kA2qPlus
  double limit = 0;                        ///< L = 2^(M−1) − 1
  double budget = 0;                       ///< T, the real-valued L1 budget in integer units
  IntegerRange inputs;                     ///< the codes the layer can receive
  std::int64_t accumulator_max = 0;        ///< 2^(P−1) − 1 (lo may reach one further)

  [[nodiscard]] bool constrained() const { return method != QuantMethod::kQat; }
  [[nodiscard]] bool centred() const { return method == QuantMethod::kA2qPlus; }

  /// True when no input can overflow: the exact range of (S⁺, S⁻) lies inside P bits.
  [[nodiscard]] bool holds(std::int64_t positive, std::int64_t negative) const {
    return inputs.maximum * positive - inputs.minimum * negative <= accumulator_max &&
           inputs.minimum * positive - inputs.maximum * negative >= -accumulator_max - 1;
  }
};

/// The rule of a layer under a method; `budget` and the accumulator come from P and the inputs.
[[nodiscard]] WeightRule makeWeightRule(QuantMethod method, BitWidth weight_bits,
                                        IntegerFormat input_format,
                                        std::optional<BitWidth> accumulator);

/// The rule of a planned layer. A depthwise layer of an A2Q+ network is planned with A2Q's rule.
[[nodiscard]] WeightRule weightRuleOf(const WeightPlan& plan);

/// The columns of the statistics tensor [C, kCount] (double) that a forward pass leaves for the
/// backward pass and for telemetry.
struct WeightStats {
  enum Column { kMean, kNorm, kRatio, kScale, kOpen, kPositive, kNegative, kZeros, kCount };
};

}  // namespace a2q
