// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/integer/fast/dot_geometry.h"
#include "core/integer/fast/lane_tensor.h"
#include "core/integer/fast/threshold_table.h"

namespace a2q {

/// Memory that one thread uses again and again.
struct DotScratch {
  AlignedBuffer planes;
  AlignedBuffer sums;
  std::vector<const std::uint8_t*> columns;
  std::vector<std::int64_t> targets;
};

/// Computes a dot product. With `table`, its thresholds (and the geometry's window) follow and
/// `out` holds bytes; without, `out` holds the sums, in 32 bits, or 64 for kWide.
void runDot(const DotPlan& plan, const DotGeometry& geometry, const LaneKernels& kernels,
            const LaneTensor& input, const ThresholdTable* table, LaneTensor& out,
            DotScratch& scratch);

}  // namespace a2q
