// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/integer/integer_network.h"
#include "hw_backend/rtl/block_rtl.h"

namespace a2q::rtl_test {

using Integers = std::vector<std::int64_t>;

/// The sums of dot products by the reference engine's own code: `inputs` are samples of [C, H, W].
[[nodiscard]] Integers referenceSums(const DotProduct& dot, const Shape& input,
                                     const Integers& inputs);

/// What runPlanes() gives for samples of [C, H, W].
[[nodiscard]] Integers referencePlanes(const IntegerOperation& operation, const Shape& input,
                                       const Shape& output, const Integers& inputs);

/// Samples [C][pixels] become [pixels][C], and back with the numbers exchanged.
[[nodiscard]] Integers transposed(const Integers& values, std::int64_t rows, std::int64_t columns);

/// The thresholds of a block as an operation of an integer network.
[[nodiscard]] Thresholds thresholdOperation(const ThresholdBlock& block,
                                            const BlockConstants& constants);

}  // namespace a2q::rtl_test
