// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "hw_backend/design/block.h"
#include "hw_backend/device/device.h"

namespace a2q {

/// The quantities whose linear combination a fitted model is: bits of multipliers, adder trees,
/// accumulators, comparators, constants in look-up tables, memories and counters of a block as the
/// library builds it. Sums start with the constant 1; as many for every block of a kind.
struct Features {
  std::vector<double> lut;
  std::vector<double> ff;
};
[[nodiscard]] Features featuresOf(const Block& block, const Family& family);

/// Block memories of a block, which follow from the sizes of its memories and are not fitted.
[[nodiscard]] double blockMemories(const Block& block, const Family& family);

}  // namespace a2q
