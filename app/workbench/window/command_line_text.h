// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "app/workbench/project/document.h"
#include "core/training/trainer.h"

namespace a2q::workbench {

/// The line that trains on the command line what the window would: the project or file it was
/// opened from, and --set for what was changed since. A network that was itself changed cannot be
/// told in a line; a comment then says to save first.
[[nodiscard]] QString trainCommand(const Document& document, const ComputeOptions& compute);

/// Between single quotes where a shell would not take it as one word.
[[nodiscard]] QString shellWord(const QString& word);

}  // namespace a2q::workbench
