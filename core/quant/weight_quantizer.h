// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include "core/quant/weight_rule.h"

namespace a2q {

/// Learned parameters of a weight quantizer: v [C, ...], d [C] (s = 2^d) and, for A2Q and A2Q+,
/// t [C] (g = 2^t; undefined for QAT).
struct WeightParameters {
  torch::Tensor v;
  torch::Tensor d;
  torch::Tensor t;
};

/// The fake-quantized weights w = q·s, shaped and laid out like v, and the statistics [C,
/// WeightStats::kCount] of the same pass.
struct QuantizedWeight {
  torch::Tensor w;
  torch::Tensor stats;
};

/// Quantizes with straight-through gradients for v, d and t (A2Q.md "Quantizers"): one fused pass
/// forward, one backward, on the CPU (float, double); ATen operations on other devices.
[[nodiscard]] QuantizedWeight quantizeWeight(const WeightParameters& parameters,
                                             const WeightRule& rule);

/// Σ over channels of max(g − s·T, 0), a scalar with gradients for d and t: the term that frees a
/// norm that sits above its bound, to be multiplied by λ.
[[nodiscard]] torch::Tensor weightPenalty(const WeightParameters& parameters,
                                          const WeightRule& rule);

/// Initial scales from float weights: s = max|v|/L and g = ‖v‖₁ of each channel.
void initialiseScales(WeightParameters& parameters, const WeightRule& rule);

/// Euclidean-projection initialisation (Colbert et al. 2024, Eq. 10–15): projects every channel of
/// v on the L1 ball of radius s·T, then t = min(t, log2(s·T)). In place.
void projectToBudget(WeightParameters& parameters, const WeightRule& rule);

/// The integers q = w/s of a quantized weight, row-major [C, K] in the order of v's dimensions.
[[nodiscard]] torch::Tensor integerWeights(const QuantizedWeight& quantized);

}  // namespace a2q
