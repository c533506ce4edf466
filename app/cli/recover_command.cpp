// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <array>
#include <utility>

#include "app/cli/commands.h"
#include "app/cli/diff_report.h"
#include "app/cli/output.h"
#include "core/base/text_table.h"
#include "core/project/recovery/recovery.h"

namespace a2q::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

constexpr std::string_view kLongHelp =
    "The workbench keeps unsaved work apart from its project, at every checkpoint and every two "
    "minutes. When it is killed or the power fails, that work stays: this lists it, newest first, "
    "of one project or of all.\n\n"
    "--diff tells what differs from the project as it is saved. --restore makes it the project; "
    "the present file is kept as PROJECT.before. --to writes it as a project of its own. "
    "--discard removes it; nothing is removed otherwise, except by --restore when it has "
    "succeeded.\n\n"
    "A training by 'a2q train' saves every checkpoint into its project: go on with 'a2q resume'.";

constexpr std::array<const char*, 5> kActions{"list", "diff", "restore", "discard", "to"};

std::string projectName(const RecoveryEntry& entry) {
  return entry.project.empty() ? std::string("(never saved)") : entry.project.string();
}

std::string orDash(const std::string& text) { return text.empty() ? "–" : text; }

std::string listText(const std::vector<RecoveryEntry>& entries) {
  if (entries.empty()) return "No unsaved work was left behind.\n";
  TextRows rows{{"#", "written", "project", "its file", "by"}};
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const RecoveryEntry& entry = entries[i];
    const bool known = entry.writer.process != 0;
    rows.push_back({fmt::format("{}", i + 1), orDash(entry.written), projectName(entry),
                    entry.project.empty()   ? "–"
                    : entry.project_changed ? "changed since"
                                            : "as it was",
                    known ? entry.writer.text() : "–"});
  }
  return tableText(rows, {0, 1, 2, 3, 4}, {1, 2, 3, 4});
}

ordered_json listJson(const std::vector<RecoveryEntry>& entries) {
  ordered_json out{{"schema", "a2q-recover-1"}, {"entries", ordered_json::array()}};
  const auto word = [](const std::string& text) {
    return text.empty() ? ordered_json() : ordered_json(text);
  };
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const RecoveryEntry& entry = entries[i];
    out["entries"].push_back({{"number", i + 1},
                              {"written", word(entry.written)},
                              {"project", word(entry.project.string())},
                              {"project_changed", entry.project_changed},
                              {"uuid", word(entry.uuid)},
                              {"process", entry.writer.process},
                              {"program", word(entry.writer.program)},
                              {"folder", entry.folder.string()}});
  }
  return out;
}

/// The one action that is asked for.
Result<std::string_view> actionOf(const Arguments& arguments) {
  std::string_view chosen;
  for (const char* action : kActions) {
    if (!arguments.has(action)) continue;
    if (!chosen.empty()) {
      return fail(ErrorCode::kUsage, fmt::format("--{} and --{} are one too many", chosen, action),
                  {}, "Give one of them.");
    }
    chosen = action;
  }
  return chosen.empty() ? "list" : chosen;
}

Result<RecoveryEntry> chosenEntry(const Arguments& arguments,
                                  const std::vector<RecoveryEntry>& entries) {
  if (entries.empty()) {
    return fail(ErrorCode::kUsage, "there is no unsaved work to recover",
                "no session that ended badly left any",
                "'a2q recover' without a PROJECT lists that of all projects.");
  }
  const auto number = arguments.integer("entry");
  if (!number && entries.size() == 1) return entries.front();
  if (!number || static_cast<std::size_t>(*number) > entries.size()) {
    return fail(ErrorCode::kUsage, "it is not clear which unsaved work is meant",
                fmt::format("there are {}", entries.size()),
                "Name one with --entry N; 'a2q recover' lists them by number.");
  }
  return entries[static_cast<std::size_t>(*number) - 1];
}

Result<ExitCode> showDifference(const Arguments& arguments, const RecoveryEntry& entry) {
  const auto state = openRecovery(entry);
  if (!state) return tl::make_unexpected(state.error());
  if (entry.project.empty()) {
    return fail(ErrorCode::kUsage, "there is nothing to compare with",
                "this project was never saved", "Write it with 'a2q recover --to FILE'.");
  }
  const auto saved = ProjectFile::open(entry.project, ProjectAccess::kReadOnly);
  if (!saved) return tl::make_unexpected(saved.error());
  const DiffSides sides{entry.project.string(), "unsaved work",
                        projectDiff(saved->saved(), state->saved())};
  if (arguments.has("json")) {
    printJson(diffJson(sides));
  } else {
    printResult(diffText(sides));
  }
  return sides.differences.empty() ? ExitCode::kOk : ExitCode::kCheckFailed;
}

/// What was done, as a sentence and as a document.
ExitCode report(const Arguments& arguments, std::string_view action, const std::string& sentence,
                const fs::path& file, const fs::path& before) {
  if (!arguments.has("json")) {
    printResult(sentence + "\n");
    return ExitCode::kOk;
  }
  ordered_json out{{"schema", "a2q-recover-1"}, {"done", action}};
  if (!file.empty()) out["file"] = file.string();
  if (!before.empty()) out["before"] = before.string();
  printJson(out);
  return ExitCode::kOk;
}

Result<ExitCode> restore(const Arguments& arguments, const RecoveryEntry& entry) {
  const auto before = restoreRecovery(entry);
  if (!before) return tl::make_unexpected(before.error());
  std::string sentence = fmt::format("{} is what was unsaved.", entry.project.string());
  if (!before->empty()) sentence += fmt::format(" What it was is {}.", before->string());
  return report(arguments, "restored", sentence, entry.project, *before);
}

Result<ExitCode> writeTo(const Arguments& arguments, const RecoveryEntry& entry) {
  const fs::path path = *arguments.text("to");
  const auto state = openRecovery(entry);
  if (!state) return tl::make_unexpected(state.error());
  const auto written =
      state->exportTo(path, arguments.has("force") ? ProjectFile::Existing::kReplace
                                                   : ProjectFile::Existing::kRefuse);
  if (!written) return tl::make_unexpected(written.error());
  return report(arguments, "written",
                fmt::format("Written to {}; the unsaved work stays where it is until --discard.",
                            path.string()),
                path, {});
}

Result<ExitCode> discard(const Arguments& arguments, const RecoveryEntry& entry) {
  if (auto done = discardRecovery(entry); !done) return forward(std::move(done));
  return report(arguments, "discarded",
                fmt::format("The unsaved work of {} is removed.", projectName(entry)), {}, {});
}

Result<ExitCode> run(const Arguments& arguments) {
  const auto action = actionOf(arguments);
  if (!action) return tl::make_unexpected(action.error());
  const auto entries = findRecoveries(arguments.text("project").value_or(""));
  if (*action == "list") {
    if (arguments.has("json")) {
      printJson(listJson(entries));
    } else {
      printResult(listText(entries));
    }
    return ExitCode::kOk;
  }
  const auto entry = chosenEntry(arguments, entries);
  if (!entry) return tl::make_unexpected(entry.error());
  if (*action == "diff") return showDifference(arguments, *entry);
  if (*action == "restore") return restore(arguments, *entry);
  if (*action == "to") return writeTo(arguments, *entry);
  return discard(arguments, *entry);
}

}  // namespace

Command recoverCommand() {
  return {.name = "recover",
          .summary = "Unsaved work that a session left behind",
          .long_help = kLongHelp,
          .options = {{.flags = "--list", .help = "List what there is (default)"},
                      {.flags = "--diff", .help = "Tell what differs from the saved project"},
                      {.flags = "--restore", .help = "Make it the project; keep the present file"},
                      {.flags = "--to",
                       .kind = ValueKind::kPath,
                       .value = "FILE",
                       .help = "Write it as a new project"},
                      {.flags = "--discard", .help = "Remove it"},
                      {.flags = "--entry",
                       .kind = ValueKind::kInteger,
                       .value = "N",
                       .help = "Which one, by its number in the list, where there are several",
                       .lowest = 1},
                      {.flags = "--force", .help = "Let --to replace a file"},
                      {.flags = "--json",
                       .help = "Print one JSON document, schema a2q-recover-1 or a2q-diff-1"}},
          .positionals = {{.name = "project",
                           .help = "Whose unsaved work (default: that of every project)",
                           .need = Need::kOptional,
                           .kind = ValueKind::kPath}},
          .run = run};
}

}  // namespace a2q::cli
