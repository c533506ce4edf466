// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include "core/integer/witness_answer.h"

namespace a2q::views {

/// "conv2, channel 17: the input of the highest sum".
[[nodiscard]] QString witnessTitle(const WitnessAnswer& answer);

/// End value, smallest P and the formula with its numbers (rich text).
[[nodiscard]] QString witnessFacts(const WitnessAnswer& answer);

/// "x = 15, 0, 0, 15, … (4 of 400)" of the first inputs.
[[nodiscard]] QString witnessPreview(const WitnessAnswer& answer, std::size_t most);

/// P, overflow mode, result, overflowed, what P holds: a row an accumulator.
[[nodiscard]] QStringList outcomeFields(const ReplayOutcome& outcome);

/// Every product in the order of the sum.
[[nodiscard]] QString witnessCsv(const WitnessAnswer& answer);

}  // namespace a2q::views
