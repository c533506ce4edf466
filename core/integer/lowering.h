// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/integer/integer_network.h"
#include "core/training/trained_network.h"

namespace a2q {

/// Turns a trained network into integers that compute the same. Thresholds come from bisection of
/// the reference function (scale, bias, batch norms, quantizer, in double precision and the order
/// of TrainedNetwork) over the exact range of the sum, so that ties fall as they do there. A
/// descending function (negative γ) negates the integer weights of its channel. A result of one
/// value per channel becomes Scores, an image becomes 8-bit codes of value/255. Errors: kNotLowered
/// for a float network, or one in which real values meet (say, the sum of two layers that were not
/// quantized).
[[nodiscard]] Result<IntegerNetwork> lowerToIntegers(const TrainedNetwork& trained);

/// The real value that code 1 of a lowered image stands for.
inline constexpr double kPixelScale = 1.0 / 255;

}  // namespace a2q
