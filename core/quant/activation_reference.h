// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/quant/activation_quantizer.h"

namespace a2q::reference {

/// quantizeActivation() in ATen operations: for CUDA and double tensors, and as the oracle of the
/// fused kernels.
[[nodiscard]] torch::Tensor quantizeActivation(const torch::Tensor& x, const torch::Tensor& d,
                                               IntegerFormat format);

}  // namespace a2q::reference
