// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "hw_backend/design/block.h"

namespace a2q {

/// Clock cycles between two samples that follow each other through a sound block that nothing holds
/// up (exact, as simulated). `count` is what a sample brings: vectors (MVAU), pixels (depthwise
/// unit, thresholds, concatenation), windows (pool), images (SWU), rows that come (upsampling,
/// pixel shuffle), values (width converter), beats (FIFO, adder, fork).
[[nodiscard]] std::int64_t cyclesOf(const Block& block, std::int64_t count);

/// The same for one image through a sliding window unit: its reads and writes wait for each other,
/// so they are counted cycle by cycle.
[[nodiscard]] std::int64_t windowCycles(const SlidingWindowBlock& block);

}  // namespace a2q
