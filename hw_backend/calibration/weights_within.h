// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hw_backend/rtl/dot_shape.h"

namespace a2q {

/// What a P-bit accumulator leaves of weights that would be uniform, and what of it a tool sees in
/// words that it knows.
struct WeightsWithin {
  double reach = 0;    ///< bits that sums need, sign included
  double filling = 1;  ///< share of the L1 norm of uniform weights that fits P bits, 0..1
  double bits = 0;     ///< of the largest weight that fits, sign included
  double density = 0;  ///< how often a bit of a weight is set, 0..1
  double columns = 1;  ///< share of the bits of a word that are not always zero
};
[[nodiscard]] WeightsWithin weightsWithin(const DotShape& dot);

}  // namespace a2q
