// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/integer/layer_facts.h"

namespace a2q::views {

/// "A2Q", "A2Q+", "QAT".
[[nodiscard]] QString ruleName(const std::optional<L1Rule>& rule);
/// "4 bit unsigned, 0 … 15".
[[nodiscard]] QString inputText(const LayerFacts& layer);

/// Each: the formula, the numbers put in, the result and its source; plain text.
[[nodiscard]] QString budgetFormula(const LayerFacts& layer);
[[nodiscard]] QString dataTypeFormula(const LayerFacts& layer);
/// ‖q‖₁ = S⁺ + S⁻ against the budget, or without one.
[[nodiscard]] QString normFormula(const LayerFacts& layer, SignedSums sums);
[[nodiscard]] QString l1MarginFormula(const LayerFacts& layer, std::int64_t l1);
[[nodiscard]] QString rangeFormula(const LayerFacts& layer, SignedSums sums);
[[nodiscard]] QString marginFormula(const LayerFacts& layer, AccumulatorRange range);
[[nodiscard]] QString smallestFormula(AccumulatorRange range);
[[nodiscard]] QString sparsityFormula(const LayerFacts& layer);

}  // namespace a2q::views
