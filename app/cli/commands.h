// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "app/cli/command.h"

namespace a2q::cli {

/// Every command, in the order of the help. A new one is a file with one function that returns its
/// Command, declared here and listed in commands.cpp.
[[nodiscard]] const std::vector<Command>& commands();

/// The command of that name, or none.
[[nodiscard]] const Command* findCommand(std::string_view name);

[[nodiscard]] Command newCommand();
[[nodiscard]] Command trainCommand();
[[nodiscard]] Command resumeCommand();
[[nodiscard]] Command evalCommand();
[[nodiscard]] Command verifyCommand();
[[nodiscard]] Command exportCommand();
[[nodiscard]] Command certifyCommand();
[[nodiscard]] Command witnessCommand();
[[nodiscard]] Command infoCommand();
[[nodiscard]] Command runsCommand();
[[nodiscard]] Command watchCommand();
[[nodiscard]] Command diffCommand();
[[nodiscard]] Command migrateCommand();
[[nodiscard]] Command recoverCommand();
[[nodiscard]] Command repairCommand();
[[nodiscard]] Command boundsCommand();
[[nodiscard]] Command estimateCommand();
[[nodiscard]] Command devicesCommand();
[[nodiscard]] Command calibrateCommand();
[[nodiscard]] Command dataCommand();
[[nodiscard]] Command keysCommand();
[[nodiscard]] Command doctorCommand();
[[nodiscard]] Command errorsCommand();
[[nodiscard]] Command completionsCommand();
[[nodiscard]] Command manCommand();

}  // namespace a2q::cli
