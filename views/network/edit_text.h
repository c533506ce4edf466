// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/base/result.h"
#include "core/network/experiment.h"

namespace a2q::views {

/// The name of an edit for undo: "Change filters of conv2 to 32", "Rename conv2 to body".
[[nodiscard]] QString editText(const Experiment& before, const Experiment& after,
                               const QString& old_name, const QString& name);

/// What failed, why, and what to do, a line each, without the number of the error.
[[nodiscard]] QString errorText(const Error& error);

}  // namespace a2q::views
