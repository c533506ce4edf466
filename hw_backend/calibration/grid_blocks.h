// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hw_backend/calibration/grid_draw.h"

namespace a2q {

/// One block of a kind, of sizes that real layers have; not every draw is a legal block.
[[nodiscard]] MvauBlock drawMvau(Draw draw);
/// Weights and thresholds in block memories on top of each other, as large layers have them.
[[nodiscard]] MvauBlock drawDeepMvau(Draw draw);
/// Many words of weights in look-up tables, as a layer that finds no block memory left has them.
[[nodiscard]] MvauBlock drawTableMvau(Draw draw);
[[nodiscard]] DepthwiseBlock drawDepthwise(Draw draw);
[[nodiscard]] ThresholdBlock drawThresholds(Draw draw);
[[nodiscard]] SlidingWindowBlock drawWindow(Draw draw);
[[nodiscard]] PoolBlock drawPool(Draw draw);
[[nodiscard]] WidthConverterBlock drawConverter(Draw draw);
[[nodiscard]] FifoBlock drawFifo(Draw draw);
[[nodiscard]] AddBlock drawAdd(Draw draw);
[[nodiscard]] ForkBlock drawFork(Draw draw);
[[nodiscard]] ConcatBlock drawConcat(Draw draw);
[[nodiscard]] UpsampleBlock drawUpsample(Draw draw);
[[nodiscard]] PixelShuffleBlock drawShuffle(Draw draw);

}  // namespace a2q
