// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/quant/weight_quantizer.h"

namespace a2q::reference {

/// What quantizeWeight() computes, in ATen operations: for CUDA tensors, and the oracle against
/// which the fused kernels are tested.
[[nodiscard]] QuantizedWeight quantize(const WeightParameters& parameters, const WeightRule& rule);

/// ∂v, ∂d and ∂t for R = ∂loss/∂w.
[[nodiscard]] WeightParameters backward(const torch::Tensor& v, const torch::Tensor& grad_w,
                                        const torch::Tensor& stats, const WeightRule& rule);

}  // namespace a2q::reference
