// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "app/workbench/project/document.h"
#include "core/training/trainer.h"

namespace a2q::workbench {

/// The line that trains an experiment on the command line: the project or file the document was
/// opened from, and --set for what differs from it. A network that was itself changed cannot be
/// told in a line; a comment then says to save first.
[[nodiscard]] QString trainCommand(const Document& document, const Experiment& experiment,
                                   const ComputeOptions& compute);

/// Between single quotes where a shell would not take it as one word.
[[nodiscard]] QString shellWord(const QString& word);

}  // namespace a2q::workbench
