// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <utility>

#include "app/cli/commands.h"
#include "app/cli/diff_report.h"
#include "app/cli/output.h"
#include "core/project/project_diff.h"
#include "core/project/project_file.h"

namespace a2q::cli {
namespace {

constexpr std::string_view kLongHelp =
    "Tells what differs between two projects: settings by their keys, runs by their UUID with "
    "every "
    "figure of every epoch, and builds. When the files were written does not count.\n\n"
    "With --run it compares two runs instead, by settings and results (names and times do not "
    "count): one --run for a run of that name in both projects, two for one in each; with a single "
    "project two of its runs.\n\n"
    "Exit code 1 means that something differs.";

Result<const ProjectRun*> runIn(const ProjectFile& file, const std::string& name) {
  const auto index = findRun(file.saved(), name);
  if (!index) return tl::make_unexpected(index.error());
  return &file.saved().runs[*index];
}

Result<DiffSides> compare(const Arguments& arguments) {
  const std::vector<std::string> names = arguments.texts("run");
  const std::string first = *arguments.text("a");
  const auto second = arguments.text("b");
  if (names.size() > 2 || (!second && names.size() != 2)) {
    return fail(ErrorCode::kUsage, "it takes two to differ", {},
                "Name two projects, with --run for a run in each, or one project and two runs.");
  }
  const auto a = ProjectFile::open(first, ProjectAccess::kReadOnly);
  if (!a) return tl::make_unexpected(a.error());
  const auto b = ProjectFile::open(second.value_or(first), ProjectAccess::kReadOnly);
  if (!b) return tl::make_unexpected(b.error());
  if (names.empty()) return DiffSides{first, *second, projectDiff(a->saved(), b->saved())};
  const auto one = runIn(*a, names.front());
  if (!one) return tl::make_unexpected(one.error());
  const auto other = runIn(*b, names.back());
  if (!other) return tl::make_unexpected(other.error());
  return DiffSides{fmt::format("{}:{}", first, (*one)->name),
                   fmt::format("{}:{}", second.value_or(first), (*other)->name),
                   runDiff(**one, **other)};
}

Result<ExitCode> run(const Arguments& arguments) {
  const auto sides = compare(arguments);
  if (!sides) return tl::make_unexpected(sides.error());
  if (arguments.has("json")) {
    printJson(diffJson(*sides));
  } else {
    printResult(diffText(*sides));
  }
  return sides->differences.empty() ? ExitCode::kOk : ExitCode::kCheckFailed;
}

}  // namespace

Command diffCommand() {
  return {.name = "diff",
          .summary = "What differs between two projects or two runs",
          .long_help = kLongHelp,
          .options = {{.flags = "--run",
                       .kind = ValueKind::kText,
                       .value = "NAME",
                       .help = "A run to compare: its name, number, UUID, 'last' or 'best'",
                       .times = Times::kRepeated},
                      {.flags = "--json", .help = "Print one JSON document, schema a2q-diff-1"}},
          .positionals = {{.name = "a", .help = "A project (.a2q)", .kind = ValueKind::kPath},
                          {.name = "b",
                           .help = "The other project",
                           .need = Need::kOptional,
                           .kind = ValueKind::kPath}},
          .run = run};
}

}  // namespace a2q::cli
