// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

#include "core/training/run_record.h"

namespace a2q::views {

/// One layer with a budget, as the pane shows it; shares are of the budget, 1 is all of it.
struct BudgetRow {
  QString layer;
  QString label;  ///< "1 790 / 2 047 (P 16, N 4, unsigned)"
  QString tip;    ///< the formula with the numbers put in
  bool has_values = false;
  bool over = false;  ///< decided with integers
  std::int64_t largest = 0;
  std::int64_t budget = 0;
  double smallest_share = 0;
  double median_share = 0;
  double largest_share = 0;
  /// The largest at the end of the epoch before; none: there was none.
  std::optional<std::int64_t> before;
  double before_share = 0;
};

/// The rows of a network, and the names of the layers without a budget.
struct BudgetRows {
  std::vector<BudgetRow> rows;
  QStringList free;
  /// Of the layers in `free`, with the smallest P that holds every sum of their weights where those
  /// are known: "fc (needs P 19)".
  QStringList free_texts;
};

/// A snapshot without channels gives a row without values: its budget alone. `before`: the layers
/// at the end of the epoch before, or null.
[[nodiscard]] BudgetRows budgetRows(const std::vector<LayerSnapshot>& layers,
                                    const std::vector<LayerSnapshot>* before = nullptr);

}  // namespace a2q::views
