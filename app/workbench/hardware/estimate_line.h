// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

#include "core/bounds/accumulator_policy.h"
#include "views/resources/hardware_story.h"

namespace a2q::workbench {

class Document;

/// The `a2q estimate` line that tells the same as the pane. `run`: the name of a run in the project
/// whose weights were used; empty: none. `policy`: one that a person chose. What was changed and
/// not saved cannot be told in a line; a comment then says to save first.
[[nodiscard]] QString estimateLine(const Document& document, const views::HardwareStory& story,
                                   const QString& run, std::optional<AccumulatorPolicy> policy);

}  // namespace a2q::workbench
