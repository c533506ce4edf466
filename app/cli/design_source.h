// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "hw_backend/design/design_network.h"

namespace a2q::cli {

/// The positional `source` of commands that make hardware: what modelPositional() takes, a
/// specification, or nothing (the sample).
[[nodiscard]] Positional designPositional();

/// The network of the arguments as hardware sees it: with weights from a run, or without from a
/// specification or a project that was not trained yet. Errors: those of modelOf(),
/// readExperiment() and designNetwork().
[[nodiscard]] Result<DesignNetwork> designOf(const Arguments& arguments);

}  // namespace a2q::cli
