// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "hw_backend/calibration/product_table.h"
#include "hw_backend/design/block.h"
#include "hw_backend/device/device.h"

namespace a2q {

/// The quantities whose linear combination a fitted model is: products, bits of adder trees,
/// accumulators, comparators, constants in look-up tables, memories and counters of a block as the
/// library builds it. As many for every block of a group.
struct Features {
  std::vector<double> lut;
  std::vector<double> ff;
};
[[nodiscard]] Features featuresOf(const Block& block, const Family& family,
                                  const ProductTable& products);

/// Blocks of the same group are fitted together: units of dot products and thresholds, whose parts
/// are the same; every other kind on its own. Below the number of kinds.
[[nodiscard]] std::size_t fitGroup(const Block& block);

/// Block memories of a block, which follow from the sizes of its memories and are not fitted.
[[nodiscard]] double blockMemories(const Block& block, const Family& family);

}  // namespace a2q
