// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/integer/integer_network.h"

namespace a2q::rtl_test {

/// Three linear layers, 12 → 8 → 6 → 3, codes of several formats between them.
[[nodiscard]] IntegerNetwork perceptron();

/// Two convolutions with padding, stride and max pooling, flattened, two linear layers: 2×9×8 in.
[[nodiscard]] IntegerNetwork smallLeNet();

/// Convolutions without padding and a max pool, which all leave a line buffer to be filled anew,
/// flattened, two linear layers: 1×10×11 in.
[[nodiscard]] IntegerNetwork unpadded();

/// Two residual sums: one past a 3×3 convolution with thresholds of its own on the short branch,
/// one where both branches stride (3×3 and 1×1); then an average pool and a linear layer: 4×8×8 in.
[[nodiscard]] IntegerNetwork residual();

/// The host's codes read by three layers (3×3, 1×1 and 5×5 convolutions), whose codes are summed,
/// then read by two again, summed and flattened before a linear layer: 2×6×6 in.
[[nodiscard]] IntegerNetwork branches();

/// A convolution, pooled and enlarged again beside itself (two concatenated branches of different
/// delay); then codes beside two more thresholds of them (three branches of nearly the same delay),
/// depth to space, a convolution: 3×6×6 in.
[[nodiscard]] IntegerNetwork hourglass();

/// Thresholds of the host's codes, a convolution, depthwise 3×3 with stride 2, pointwise, depthwise
/// 3×3, average pool, linear: 3×8×8 in.
[[nodiscard]] IntegerNetwork separable();

}  // namespace a2q::rtl_test
