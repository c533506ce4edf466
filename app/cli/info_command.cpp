// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <system_error>

#include "app/cli/commands.h"
#include "app/cli/info_report.h"
#include "app/cli/output.h"
#include "app/cli/project_report.h"
#include "app/cli/recovery_hint.h"
#include "app/cli/run_place.h"
#include "core/training/checkpoint.h"

namespace a2q::cli {
namespace {

namespace fs = std::filesystem;

/// What a path turned out to be.
struct Subject {
  std::string what;
  Experiment experiment;
  std::optional<Checkpoint> checkpoint;
};

/// The checkpoint at a path, when there is one that can be read.
std::optional<Checkpoint> checkpointAt(const fs::path& path) {
  std::error_code ignored;
  const fs::path file = fs::is_directory(path, ignored) ? path / kCheckpointFile : path;
  if (!fs::exists(file, ignored)) return std::nullopt;
  auto checkpoint = readCheckpoint(file);
  if (!checkpoint) return std::nullopt;
  return std::move(*checkpoint);
}

Result<Subject> subjectAt(const fs::path& path) {
  if (path.extension() == ".toml") {
    auto experiment = readExperiment(path);
    if (!experiment) return forward(std::move(experiment));
    return Subject{"specification", std::move(*experiment), std::nullopt};
  }
  auto checkpoint = checkpointAt(path);
  std::error_code ignored;
  const std::string what = fs::is_directory(path, ignored) ? "run" : "trained network";
  if (checkpoint) return Subject{what, checkpoint->experiment, std::move(checkpoint)};
  auto model = readTrainedModel(path);
  if (!model) return forward(std::move(model));
  return Subject{what, std::move(model->experiment), std::nullopt};
}

Result<ExitCode> showProject(const Arguments& arguments, const fs::path& path) {
  const auto file = ProjectFile::open(path, ProjectAccess::kReadOnly);
  if (!file) return tl::make_unexpected(file.error());
  tellOfRecoveries(path);
  // A specification of another version must not hide the rest.
  const auto experiment = experimentOf(file->saved());
  if (arguments.has("json")) {
    nlohmann::ordered_json out{{"schema", "a2q-info-1"}, {"kind", "project"}};
    if (experiment) {
      auto document = experimentJson(*experiment);
      if (!document) return forward(std::move(document));
      out.update(*document);
    }
    out["project"] = projectJson(*file);
    printJson(out);
    return ExitCode::kOk;
  }
  printResult(projectText(*file));
  if (!experiment) return tl::make_unexpected(experiment.error());
  auto text = experimentText(*experiment);
  if (!text) return forward(std::move(text));
  printResult(*text);
  return ExitCode::kOk;
}

Result<ExitCode> run(const Arguments& arguments) {
  const fs::path path = *arguments.text("path");
  if (isProjectPath(path)) return showProject(arguments, path);
  auto subject = subjectAt(path);
  if (!subject) return forward(std::move(subject));
  if (arguments.has("json")) {
    auto document = experimentJson(subject->experiment);
    if (!document) return forward(std::move(document));
    nlohmann::ordered_json out{{"schema", "a2q-info-1"}, {"kind", subject->what}};
    out.update(*document);
    if (subject->checkpoint) out["checkpoint"] = progressJson(*subject->checkpoint);
    printJson(out);
    return ExitCode::kOk;
  }
  auto text = experimentText(subject->experiment);
  if (!text) return forward(std::move(text));
  printResult(*text);
  if (subject->checkpoint) printResult(progressText(*subject->checkpoint));
  return ExitCode::kOk;
}

}  // namespace

Command infoCommand() {
  return {
      .name = "info",
      .summary = "What a project, a specification, a run or a trained network is",
      .long_help =
          "Shows the layers with their shapes, bits and budgets, the training's settings and, "
          "for a run, how far it has come; of a project also its identity, its size, where its "
          "large parts lie, and who has it open.",
      .options = {{.flags = "--json", .help = "Print one JSON document, schema a2q-info-1"}},
      .positionals =
          {{.name = "path",
            .help = "Project (.a2q), specification (.toml), folder of a run, or safetensors file",
            .kind = ValueKind::kPath}},
      .run = run};
}

}  // namespace a2q::cli
