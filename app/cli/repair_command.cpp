// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/project/repair/repair.h"

namespace a2q::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kLongHelp =
    "Reads what can be read of a damaged project, and of the folder of objects beside it, into a "
    "new project. The damaged file is not touched. Records and checkpoints are saved only when "
    "their SHA-256 is right; a run that lost its entry comes back from its record.\n\n"
    "Exit code 1 means that something was lost; the list says what, and why.";

fs::path targetOf(const Arguments& arguments, const fs::path& damaged) {
  if (const auto wish = arguments.text("output")) return *wish;
  fs::path target = damaged;
  return target.replace_extension("repaired.a2q");
}

std::string reportText(const RepairReport& report, const fs::path& damaged,
                       const fs::path& repaired) {
  std::string text = report.damaged ? fmt::format("{} is damaged.\n", damaged.string())
                                    : fmt::format("{} is sound.\n", damaged.string());
  text += fmt::format("Saved in {}:\n", repaired.string());
  for (const std::string& part : report.kept) text += fmt::format("  {}\n", part);
  if (!report.lost.empty()) text += "Lost:\n";
  for (const std::string& part : report.lost) text += fmt::format("  {}\n", part);
  if (report.damaged) {
    text +=
        "Records and checkpoints are what was written. The specification and the list of runs are "
        "as they could be read: look at them with 'a2q info'.\n";
  }
  return text;
}

Result<ExitCode> run(const Arguments& arguments) {
  const fs::path damaged = *arguments.text("project");
  const fs::path repaired = targetOf(arguments, damaged);
  const auto report = repairProject(
      damaged, repaired,
      arguments.has("force") ? ProjectFile::Existing::kReplace : ProjectFile::Existing::kRefuse);
  if (!report) return tl::make_unexpected(report.error());
  if (arguments.has("json")) {
    printJson({{"schema", "a2q-repair-1"},
               {"damaged", report->damaged},
               {"file", repaired.string()},
               {"kept", report->kept},
               {"lost", report->lost}});
  } else {
    printResult(reportText(*report, damaged, repaired));
  }
  return report->lost.empty() ? ExitCode::kOk : ExitCode::kCheckFailed;
}

}  // namespace

Command repairCommand() {
  return {
      .name = "repair",
      .summary = "Save what can be read of a damaged project into a new one",
      .long_help = kLongHelp,
      .options = {{.flags = "-o,--output",
                   .kind = ValueKind::kPath,
                   .value = "FILE",
                   .help = "The new project (default: NAME.repaired.a2q beside it)"},
                  {.flags = "--force", .help = "Replace a project that is already there"},
                  {.flags = "--json", .help = "Print one JSON document, schema a2q-repair-1"}},
      .positionals = {{.name = "project", .help = "A damaged project", .kind = ValueKind::kPath}},
      .run = run};
}

}  // namespace a2q::cli
