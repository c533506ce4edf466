// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/training/run_record.h"
#include "views/l1_budget/budget_rows.h"

namespace a2q::views {

/// "1 790 / 2 047 (P 16, N 4, unsigned)"; a dash stands for a norm that is not known yet.
[[nodiscard]] QString budgetLabel(const LayerSnapshot& layer, const BudgetRow& row);

/// "fc (needs P 19)".
[[nodiscard]] QString needsText(const QString& layer, BitWidth needed);

/// The formula of the layer's rule with its numbers, and where each number comes from (rich text).
[[nodiscard]] QString budgetTip(const LayerSnapshot& layer, const BudgetRow& row,
                                std::int64_t smallest, double median);

}  // namespace a2q::views
