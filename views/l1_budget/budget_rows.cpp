// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/l1_budget/budget_rows.h"

#include <algorithm>

#include "views/l1_budget/budget_text.h"

namespace a2q::views {
namespace {

double medianOf(const std::vector<std::int64_t>& sorted) {
  const std::size_t middle = sorted.size() / 2;
  const auto upper = static_cast<double>(sorted[middle]);
  return sorted.size() % 2 == 1 ? upper : (upper + static_cast<double>(sorted[middle - 1])) / 2;
}

BudgetRow rowOf(const LayerSnapshot& layer) {
  std::vector<std::int64_t> norms;
  norms.reserve(layer.channels.size());
  for (const SignedSums& sums : layer.channels) norms.push_back(sums.l1());
  std::sort(norms.begin(), norms.end());

  BudgetRow row;
  row.layer = QString::fromStdString(layer.layer);
  row.budget = static_cast<std::int64_t>(layer.budget->floor());
  row.has_values = !norms.empty();
  double median = 0;
  if (row.has_values) {
    const double whole = std::max(layer.budget->value(), 1e-9);
    median = medianOf(norms);
    row.largest = norms.back();
    row.over = !layer.budget->allows(row.largest);
    row.smallest_share = static_cast<double>(norms.front()) / whole;
    row.median_share = median / whole;
    row.largest_share = static_cast<double>(row.largest) / whole;
  }
  row.label = budgetLabel(layer, row);
  row.tip = budgetTip(layer, row, norms.empty() ? 0 : norms.front(), median);
  return row;
}

}  // namespace

BudgetRows budgetRows(const std::vector<LayerSnapshot>& layers) {
  BudgetRows out;
  for (const LayerSnapshot& layer : layers) {
    if (layer.budget && layer.accumulator) {
      out.rows.push_back(rowOf(layer));
    } else {
      out.free << QString::fromStdString(layer.layer);
    }
  }
  return out;
}

}  // namespace a2q::views
