// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstdint>
#include <optional>

#include "core/training/run_record.h"
#include "views/network/layer_facts.h"

namespace a2q::views {

/// How much of its budget a layer uses in the run that is shown.
struct BudgetUse {
  std::int64_t largest_l1 = 0;
  double share = 0;   ///< of the budget, 1 is all
  bool over = false;  ///< decided with integers
  bool operator==(const BudgetUse&) const = default;
};

/// None when the snapshot is not of this layer as it is specified now: another P, K, N or rule, or
/// no weights yet.
[[nodiscard]] std::optional<BudgetUse> budgetUse(const LayerFacts& layer,
                                                 const LayerSnapshot& snapshot);

/// Everything about a layer with formulas and their numbers (rich text).
[[nodiscard]] QString layerTip(const LayerFacts& layer, const std::optional<BudgetUse>& use);

/// The same without formulas in one line, for screen readers.
[[nodiscard]] QString layerSentence(const LayerFacts& layer, const std::optional<BudgetUse>& use);

}  // namespace a2q::views
