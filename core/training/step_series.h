// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/training/run_record.h"
#include "core/training/scalar_series.h"

namespace a2q {

/// An empty RunRecord::steps: "main_phase", "epoch", "batch", "batch_loss", "batch_score",
/// "learning_rate", "penalty", "worst_margin_bits", "sparsity", "seconds", and "<layer>.largest_l1"
/// of each quantized layer in order.
[[nodiscard]] ScalarSeries newStepSeries(const std::vector<std::string>& layers);

/// Appends a row; what is absent (the layers of a float phase) is NaN.
void appendStep(ScalarSeries& series, const StepReport& step);

/// The position of a column; none: the series has no such column.
[[nodiscard]] std::optional<std::size_t> columnOf(const ScalarSeries& series,
                                                  std::string_view name);

}  // namespace a2q
