// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/design_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "app/cli/model_source.h"
#include "app/cli/run_place.h"
#include "app/cli/trained_integers.h"
#include "core/integer/lowering.h"
#include "core/network/sample_experiment.h"
#include "core/project/project_file.h"

namespace a2q::cli {
namespace {

Result<DesignNetwork> designOfSpec(Result<Experiment> experiment) {
  if (!experiment) return forward(std::move(experiment));
  return designNetwork(*experiment);
}

/// The specification of a project without a run that has weights; none where there is one.
Result<std::optional<Experiment>> untrained(const Arguments& arguments,
                                            const std::filesystem::path& path) {
  if (arguments.text("run")) return std::optional<Experiment>();
  auto file = ProjectFile::open(path, ProjectAccess::kReadOnly);
  if (!file) return forward(std::move(file));
  const bool trained = std::ranges::any_of(file->saved().runs, [](const ProjectRun& run) {
    return run.record || run.best_checkpoint || run.last_checkpoint;
  });
  if (trained) return std::optional<Experiment>();
  auto experiment = experimentOf(file->saved());
  if (!experiment) return forward(std::move(experiment));
  return std::optional(std::move(*experiment));
}

}  // namespace

Positional designPositional() {
  return {.name = "source",
          .help =
              "Specification, project, folder of a run, or one of its safetensors files "
              "(default: the sample)",
          .need = Need::kOptional,
          .kind = ValueKind::kPath};
}

Result<DesignNetwork> designOf(const Arguments& arguments) {
  const auto name = arguments.text("source");
  const std::filesystem::path path = name.value_or("");
  const bool is_spec = !name || path.extension() == ".toml";
  if (is_spec && arguments.text("run")) {
    return fail(ErrorCode::kUsage, "--run has nothing to choose from",
                name ? fmt::format("'{}' is a specification, which has no runs", *name)
                     : "the sample is a specification, which has no runs",
                "Leave --run out, or name a file PROJECT.a2q.");
  }
  if (!name) return designOfSpec(parseExperiment(sampleSpecification(), "sample"));
  if (is_spec) return designOfSpec(readExperiment(path));
  if (isProjectPath(path)) {
    auto experiment = untrained(arguments, path);
    if (!experiment) return forward(std::move(experiment));
    if (*experiment) return designNetwork(**experiment);
  }
  const auto trained = trainedIntegersOf(modelAt(path, arguments.text("run")));
  if (!trained) return tl::make_unexpected(trained.error());
  auto network = lowerToIntegers(trained->network);
  if (!network) return forward(std::move(network));
  return designNetwork(*network);
}

}  // namespace a2q::cli
