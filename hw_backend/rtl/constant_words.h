// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "hw_backend/rtl/bit_packer.h"
#include "hw_backend/rtl/block_rtl.h"
#include "hw_backend/rtl/dot_shape.h"

namespace a2q {

/// Words of a memory, in the order of their addresses.
using ConstantWords = std::vector<BitPacker>;

/// {PE{SIMD{W}}}: word fold·steps + step holds rows fold·PE + lane, products step·SIMD + i.
[[nodiscard]] ConstantWords weightWords(const DotShape& dot,
                                        const std::vector<std::int32_t>& weights);

/// {lanes{levels{P}}} of −T: one word a fold.
[[nodiscard]] ConstantWords parallelThresholdWords(const ThresholdBlock& block,
                                                   const std::vector<std::int64_t>& thresholds);

/// The memory of one lane for binary search: word {fold, k} holds −T_k for k = 1 … levels, and
/// word {fold, 0} nothing.
[[nodiscard]] ConstantWords searchThresholdWords(const ThresholdBlock& block,
                                                 const std::vector<std::int64_t>& thresholds,
                                                 std::int64_t lane);

/// As $readmemh reads it.
[[nodiscard]] std::string memoryText(const ConstantWords& words);

}  // namespace a2q
