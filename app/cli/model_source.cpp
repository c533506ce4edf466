// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/model_source.h"

#include <fmt/format.h>

#include <utility>

#include "app/cli/run_place.h"
#include "core/project/project_file.h"
#include "core/project/stored/run_objects.h"

namespace a2q::cli {
namespace {

namespace fs = std::filesystem;

bool hasWeights(const ProjectRun& run) {
  return run.record || run.best_checkpoint || run.last_checkpoint;
}

/// The run that is named, else the last that finished, else the last with weights.
Result<std::size_t> chosenRun(const Project& project, const fs::path& path,
                              const std::optional<std::string>& name) {
  if (name) return findRun(project, *name);
  std::optional<std::size_t> with_weights;
  for (std::size_t i = project.runs.size(); i > 0; --i) {
    const ProjectRun& run = project.runs[i - 1];
    if (!hasWeights(run)) continue;
    if (run.state == ProjectRunState::kFinished) return i - 1;
    if (!with_weights) with_weights = i - 1;
  }
  if (with_weights) return *with_weights;
  return fail(ErrorCode::kUsage, fmt::format("'{}' holds no trained network", path.string()),
              project.runs.empty() ? "it has no runs yet" : "none of its runs has weights yet",
              fmt::format("Train it with 'a2q train {}'.", path.string()));
}

/// The stored final weights of a run; none when it has not come so far.
Result<std::optional<ModelSource>> finalWeights(const ProjectFile& file, const ProjectRun& run) {
  if (!run.record) return std::optional<ModelSource>();
  auto tree = file.object(*run.record);
  if (!tree) return forward(std::move(tree));
  auto stored = storedRunOf(*tree);
  if (!stored) return forward(std::move(stored));
  RunRecord& record = stored->record;
  if (record.parameters.empty()) return std::optional<ModelSource>();
  ModelSource out{{std::move(record.experiment), std::move(record.parameters), {}}, {}};
  const auto certificate = tree->arrays.find("certificate");
  if (certificate != tree->arrays.end()) out.certificate = textOf(certificate->second.value);
  return out;
}

Result<ModelSource> weightsOf(const ProjectFile& file, const ProjectRun& run) {
  auto last = finalWeights(file, run);
  if (!last) return forward(std::move(last));
  if (*last) return std::move(**last);
  for (const auto* ref : {&run.best_checkpoint, &run.last_checkpoint}) {
    if (!*ref) continue;
    auto tree = file.object(**ref);
    if (!tree) return forward(std::move(tree));
    auto checkpoint = checkpointOf(*tree);
    if (!checkpoint) return forward(std::move(checkpoint));
    return ModelSource{{std::move(checkpoint->experiment), std::move(checkpoint->parameters), {}},
                       {}};
  }
  return fail(ErrorCode::kUsage,
              fmt::format("{} of '{}' has no weights", run.name, file.path().string()),
              "it ended before its first checkpoint", "Name another run with --run.");
}

Result<ModelSource> modelInProject(const fs::path& path, const std::optional<std::string>& name) {
  auto file = ProjectFile::open(path, ProjectAccess::kReadOnly);
  if (!file) return forward(std::move(file));
  const auto index = chosenRun(file->saved(), path, name);
  if (!index) return tl::make_unexpected(index.error());
  const ProjectRun& run = file->saved().runs[*index];
  auto source = weightsOf(*file, run);
  if (source) source->model.path = fmt::format("{}:{}", path.string(), run.name);
  return source;
}

}  // namespace

Positional modelPositional() {
  return {.name = "model",
          .help = "Project, folder of a run, or one of its safetensors files",
          .kind = ValueKind::kPath};
}

Option runOption(std::string_view help) {
  return {.flags = "--run", .kind = ValueKind::kText, .value = "NAME", .help = help};
}

Option modelRunOption() {
  return runOption(
      "Run of a project: its name, number, UUID, 'last' or 'best' (default: the last "
      "that finished)");
}

Result<ModelSource> modelOf(const Arguments& arguments) {
  return modelAt(*arguments.text("model"), arguments.text("run"));
}

Result<ModelSource> modelAt(const fs::path& path, const std::optional<std::string>& run) {
  if (isProjectPath(path)) return modelInProject(path, run);
  if (run) {
    return fail(ErrorCode::kUsage, fmt::format("'{}' is no project", path.string()),
                "--run names a run of a project", "Leave --run out, or name a file PROJECT.a2q.");
  }
  auto model = readTrainedModel(path);
  if (!model) return forward(std::move(model));
  return ModelSource{std::move(*model), {}};
}

}  // namespace a2q::cli
