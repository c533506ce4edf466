// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"

#include <algorithm>

namespace a2q::cli {

const std::vector<Command>& commands() {
  static const std::vector<Command> table = {
      newCommand(),     trainCommand(),    resumeCommand(),  evalCommand(),        verifyCommand(),
      certifyCommand(), witnessCommand(),  exportCommand(),  infoCommand(),        runsCommand(),
      watchCommand(),   diffCommand(),     migrateCommand(), recoverCommand(),     repairCommand(),
      boundsCommand(),  estimateCommand(), devicesCommand(), calibrateCommand(),   dataCommand(),
      doctorCommand(),  keysCommand(),     errorsCommand(),  completionsCommand(), manCommand(),
  };
  return table;
}

const Command* findCommand(std::string_view name) {
  const auto& table = commands();
  const auto found = std::find_if(table.begin(), table.end(),
                                  [name](const Command& command) { return command.name == name; });
  return found == table.end() ? nullptr : &*found;
}

}  // namespace a2q::cli
