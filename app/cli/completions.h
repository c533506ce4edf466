// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/cli/command.h"

namespace a2q::cli {

/// Completion scripts made from the option table, one for each shell.
[[nodiscard]] std::string bashCompletions(const std::vector<Command>& commands);
[[nodiscard]] std::string zshCompletions(const std::vector<Command>& commands);
[[nodiscard]] std::string fishCompletions(const std::vector<Command>& commands);

}  // namespace a2q::cli
