// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/recovery_hint.h"

#include <fmt/format.h>

#include "app/cli/output.h"
#include "core/project/recovery/recovery.h"

namespace a2q::cli {

void tellOfRecoveries(const std::filesystem::path& project) {
  const auto entries = findRecoveries(project);
  if (entries.empty()) return;
  const std::string& written = entries.front().written;
  printDiagnostic(
      fmt::format("Unsaved work of '{0}' was kept{1}; `a2q recover '{0}' --diff` "
                  "shows it.\n",
                  project.string(), written.empty() ? "" : " at " + written));
}

}  // namespace a2q::cli
