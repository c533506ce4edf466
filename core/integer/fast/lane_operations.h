// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "core/integer/fast/lane_kernels.h"
#include "core/integer/fast/lane_tensor.h"
#include "core/integer/fast/threshold_table.h"
#include "core/integer/integer_network.h"

namespace a2q {

/// Every operation but dot products, on a group of samples; `out` has its shape, format and memory.
/// `table` holds the thresholds of a Thresholds node whose sums and codes it fits, else null.
void runOperation(const IntegerOperation& operation, const ThresholdTable* table,
                  const LaneKernels& kernels, std::span<const LaneTensor* const> inputs,
                  LaneTensor& out);

}  // namespace a2q
