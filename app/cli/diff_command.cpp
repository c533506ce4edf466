// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <utility>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/base/text_table.h"
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

/// What is compared, and how it is called.
struct Sides {
  std::string a;
  std::string b;
  std::vector<Difference> differences;
};

Result<const ProjectRun*> runIn(const ProjectFile& file, const std::string& name) {
  const auto index = findRun(file.saved(), name);
  if (!index) return tl::make_unexpected(index.error());
  return &file.saved().runs[*index];
}

Result<Sides> compare(const Arguments& arguments) {
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
  if (names.empty()) return Sides{first, *second, projectDiff(a->saved(), b->saved())};
  const auto one = runIn(*a, names.front());
  if (!one) return tl::make_unexpected(one.error());
  const auto other = runIn(*b, names.back());
  if (!other) return tl::make_unexpected(other.error());
  return Sides{fmt::format("{}:{}", first, (*one)->name),
               fmt::format("{}:{}", second.value_or(first), (*other)->name),
               runDiff(**one, **other)};
}

/// Long values are cut: whole ones are in the JSON document.
std::string cell(const std::string& value) {
  constexpr std::size_t kLongest = 48;
  if (value.empty()) return "–";
  if (widthOf(value) <= kLongest) return value;
  std::size_t end = kLongest - 1;
  while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80) --end;
  return value.substr(0, end) + "…";
}

std::string diffText(const Sides& sides) {
  if (sides.differences.empty()) {
    return fmt::format("{} and {} are the same.\n", sides.a, sides.b);
  }
  TextRows rows{{"where", sides.a, sides.b}};
  for (const Difference& found : sides.differences) {
    rows.push_back({found.where, cell(found.a), cell(found.b)});
  }
  return tableText(rows, {0, 1, 2}, {0, 1, 2}) +
         fmt::format("\n{} {} differ{}.\n", sides.differences.size(),
                     sides.differences.size() == 1 ? "thing" : "things",
                     sides.differences.size() == 1 ? "s" : "");
}

nlohmann::ordered_json diffJson(const Sides& sides) {
  nlohmann::ordered_json out{{"schema", "a2q-diff-1"},
                             {"a", sides.a},
                             {"b", sides.b},
                             {"same", sides.differences.empty()},
                             {"differences", nlohmann::ordered_json::array()}};
  const auto value = [](const std::string& text) {
    return text.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(text);
  };
  for (const Difference& found : sides.differences) {
    out["differences"].push_back(
        {{"where", found.where}, {"a", value(found.a)}, {"b", value(found.b)}});
  }
  return out;
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
