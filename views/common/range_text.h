// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/bounds/accumulator_bounds.h"

namespace a2q::views {

/// "hi = xmax·S⁺ − xmin·S⁻ = 15·8 − 0·2 = 120".
[[nodiscard]] QString highFormula(SignedSums sums, IntegerRange inputs);

/// "lo = xmin·S⁺ − xmax·S⁻ = 0·8 − 15·2 = −30".
[[nodiscard]] QString lowFormula(SignedSums sums, IntegerRange inputs);

/// "−2^(P−1) … 2^(P−1) − 1 = −128 … 127" of P = 8, with raised exponents (rich text).
[[nodiscard]] QString accumulatorFormula(BitWidth accumulator);

/// "[−30, 120]".
[[nodiscard]] QString rangeText(const AccumulatorRange& range);

/// Lines as a tooltip that does not wrap (rich text).
[[nodiscard]] QString tipOf(const QStringList& lines);

/// A field of a CSV file, in quotes.
[[nodiscard]] QString csvQuoted(const QString& text);

/// A whole number of a CSV file: ASCII, without grouping.
[[nodiscard]] QString csvNumber(Int128 value);

}  // namespace a2q::views
