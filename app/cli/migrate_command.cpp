// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <utility>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/project/project_file.h"
#include "core/project/project_schema.h"

namespace a2q::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kLongHelp =
    "Writes projects of an older format in today's. Every command reads them as they are, and a "
    "training that is saved into one migrates it anyway; this does it for many at once, and keeps "
    "each old file as NAME.format-N.a2q for older versions of the program.";

/// One project of the command line.
struct Migrated {
  std::string path;
  std::optional<std::int64_t> from;  ///< none: it was of today's format
  fs::path kept;
};

Result<fs::path> keepOld(const fs::path& project, std::int64_t format) {
  fs::path kept = project;
  kept.replace_extension(fmt::format("format-{}.a2q", format));
  std::error_code problem;
  fs::copy_file(project, kept, problem);
  if (!problem) return kept;
  const auto code =
      problem == std::errc::file_exists ? ErrorCode::kExists : ErrorCode::kWriteFailed;
  return fail(code, fmt::format("cannot keep the old file as '{}'", kept.string()),
              problem.message());
}

Result<Migrated> migrateFile(const std::string& path, bool only_tell) {
  auto file = ProjectFile::open(path, only_tell ? ProjectAccess::kReadOnly : ProjectAccess::kWrite);
  if (!file) return forward(std::move(file));
  Migrated out{path, file->migratedFrom(), {}};
  if (!out.from || only_tell) return out;
  auto kept = keepOld(file->path(), *out.from);
  if (!kept) return forward(std::move(kept));
  out.kept = std::move(*kept);
  if (auto saved = file->save(file->saved()); !saved) return forward(std::move(saved));
  return out;
}

std::string textOf(const Migrated& project, bool only_tell) {
  if (!project.from) {
    return fmt::format("{}: format {}, nothing to do.\n", project.path, kFormatMajor);
  }
  if (only_tell) {
    return fmt::format("{}: format {}; today's is {}.\n", project.path, *project.from,
                       kFormatMajor);
  }
  return fmt::format("{}: format {} is now {}; the old file is {}.\n", project.path, *project.from,
                     kFormatMajor, project.kept.string());
}

nlohmann::ordered_json jsonOf(const Migrated& project) {
  nlohmann::ordered_json out{
      {"file", project.path}, {"from", project.from.value_or(kFormatMajor)}, {"to", kFormatMajor}};
  if (!project.kept.empty()) out["old_file"] = project.kept.string();
  return out;
}

Result<ExitCode> run(const Arguments& arguments) {
  const bool only_tell = arguments.has("dry-run");
  const auto paths = arguments.texts("project");
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  std::string text;
  for (const std::string& path : paths) {
    const auto done = migrateFile(path, only_tell);
    if (!done) {
      if (!arguments.has("json")) printResult(text);
      return tl::make_unexpected(done.error());
    }
    all.push_back(jsonOf(*done));
    text += textOf(*done, only_tell);
  }
  if (arguments.has("json")) {
    printJson({{"schema", "a2q-migrate-1"}, {"projects", std::move(all)}});
  } else {
    printResult(text);
  }
  return ExitCode::kOk;
}

}  // namespace

Command migrateCommand() {
  return {.name = "migrate",
          .summary = "Write projects of an older format in today's",
          .long_help = kLongHelp,
          .options = {{.flags = "--dry-run", .help = "Tell the formats, and change nothing"},
                      {.flags = "--json", .help = "Print one JSON document, schema a2q-migrate-1"}},
          .positionals = {{.name = "project",
                           .help = "Projects (.a2q)",
                           .times = Times::kRepeated,
                           .kind = ValueKind::kPath}},
          .run = run};
}

}  // namespace a2q::cli
