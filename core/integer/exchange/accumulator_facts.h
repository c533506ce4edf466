// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/integer/integer_network.h"

namespace a2q {

/// What a reader has to know of the accumulators of a dot product.
struct AccumulatorFacts {
  AccumulatorRange range;  ///< of every partial sum of every channel, whatever the input
  BitWidth smallest;       ///< the least P that never overflows
  BitWidth shown;          ///< the target P where it is safe, else `smallest`
};

/// The facts of a dot product whose inputs lie in `inputs`.
[[nodiscard]] AccumulatorFacts accumulatorFacts(const IntegerWeights& weights, IntegerRange inputs);

}  // namespace a2q
