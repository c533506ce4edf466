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

/// The same layer of another snapshot, at the same place unless the network has changed.
const LayerSnapshot* sameLayer(const std::vector<LayerSnapshot>* layers, const std::string& name,
                               std::size_t place) {
  if (layers == nullptr) return nullptr;
  if (place < layers->size() && (*layers)[place].layer == name) return &(*layers)[place];
  const auto found = std::find_if(layers->begin(), layers->end(),
                                  [&](const LayerSnapshot& one) { return one.layer == name; });
  return found == layers->end() ? nullptr : &*found;
}

std::optional<std::int64_t> largestOf(const LayerSnapshot& layer) {
  std::optional<std::int64_t> largest;
  for (const SignedSums& sums : layer.channels) {
    largest = std::max(largest.value_or(0), sums.l1());
  }
  return largest;
}

/// "fc (needs P 19)" from the exact ranges of its channels; the name alone before they are known.
QString freeText(const LayerSnapshot& layer) {
  const QString name = QString::fromStdString(layer.layer);
  if (layer.channels.empty()) return name;
  BitWidth needed{1};
  for (const SignedSums& sums : layer.channels) {
    needed = std::max(needed, smallestAccumulator(exactRange(sums, layer.inputs)));
  }
  return needsText(name, needed);
}

BudgetRow rowOf(const LayerSnapshot& layer, const LayerSnapshot* before) {
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
  if (before != nullptr) row.before = largestOf(*before);
  if (row.before) {
    row.before_share = static_cast<double>(*row.before) / std::max(layer.budget->value(), 1e-9);
  }
  row.label = budgetLabel(layer, row);
  row.tip = budgetTip(layer, row, norms.empty() ? 0 : norms.front(), median);
  return row;
}

}  // namespace

BudgetRows budgetRows(const std::vector<LayerSnapshot>& layers,
                      const std::vector<LayerSnapshot>* before) {
  BudgetRows out;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const LayerSnapshot& layer = layers[i];
    if (layer.budget && layer.accumulator) {
      out.rows.push_back(rowOf(layer, sameLayer(before, layer.layer, i)));
    } else {
      out.free << QString::fromStdString(layer.layer);
      out.free_texts << freeText(layer);
    }
  }
  return out;
}

}  // namespace a2q::views
