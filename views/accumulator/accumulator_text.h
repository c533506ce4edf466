// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "views/accumulator/accumulator_rows.h"

namespace a2q::views {

/// "bound +0.19 bit · exact +1.08 bit", with OVERFLOW POSSIBLE or free where it is so.
[[nodiscard]] QString accumulatorLabel(const AccumulatorRow& row);

/// "15 of 16"; the smallest P alone for a free layer, a dash before the first batch.
[[nodiscard]] QString smallestText(const AccumulatorRow& row);

/// The formulas of a row with its numbers (rich text); with those of `channel` too when it is not
/// the worst and not −1.
[[nodiscard]] QString accumulatorTip(const AccumulatorRow& row, const LayerSnapshot& layer,
                                     int channel, std::int64_t observed_samples);

/// A line a layer.
[[nodiscard]] QString accumulatorCsv(const std::vector<AccumulatorRow>& rows,
                                     std::int64_t observed_samples);

}  // namespace a2q::views
