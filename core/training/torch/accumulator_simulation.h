// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include "core/training/torch/model_layers.h"

namespace a2q {

/// What a quantized layer gives when its accumulators have P bits and wrap around: the integer sums
/// of codes · q in exact arithmetic (doubles, sums below 2^53), modulo 2^P, times the scales, plus
/// the bias. Wrap-around addition is associative, so that the order of the sum does not matter.
/// `x` holds codes · `input_scale`. Adds the sums that left the P bits to `overflows`.
[[nodiscard]] torch::Tensor wrappedLayer(const WeightLayer& layer, const torch::Tensor& x,
                                         double input_scale, BitWidth accumulator,
                                         std::int64_t& overflows);

}  // namespace a2q
