// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/run_place.h"
#include "app/cli/training_options.h"
#include "app/cli/training_session.h"
#include "core/project/stored/run_objects.h"
#include "core/training/result_folder.h"

namespace a2q::cli {
namespace {

namespace fs = std::filesystem;

/// What may change at a resume: nothing that the state of the network or of the optimizer, or the
/// order of the data, depends on.
constexpr std::array<std::string_view, 11> kChangeable = {
    "training.epochs",
    "training.learning_rate",
    "training.momentum",
    "training.weight_decay",
    "training.penalty",
    "training.gradient_clip",
    "training.early_stop",
    "training.schedule.kind",
    "training.schedule.factor",
    "training.schedule.every",
    "data.path",
};

Status checkChangeable(const std::vector<Override>& overrides) {
  for (const Override& change : overrides) {
    if (std::find(kChangeable.begin(), kChangeable.end(), change.key) != kChangeable.end())
      continue;
    return fail(ErrorCode::kUsage, fmt::format("{} cannot change at a resume", change.key),
                "the state of the network and the order of the data depend on it",
                "Start a new run, for example from this one's weights with 'a2q train --from'.");
  }
  return {};
}

bool complete(const Checkpoint& checkpoint) {
  return checkpoint.position.phase == TrainPhase::kMain &&
         checkpoint.position.epoch > checkpoint.experiment.training.epochs;
}

/// A run to go on with.
struct Stopped {
  Checkpoint checkpoint;
  bool has_result =
      false;  ///< one that was killed before its results were written only lacks those
  std::unique_ptr<RunPlace> place;
};

tl::unexpected<Error> noCheckpoint(const std::string& where, std::string remedy) {
  return fail(ErrorCode::kReadFailed, fmt::format("{} holds no checkpoint", where),
              "one is written after the first epoch, after five minutes, and at a stop",
              std::move(remedy));
}

Result<Stopped> stoppedFolder(const fs::path& folder) {
  std::error_code ignored;
  if (fs::is_directory(folder, ignored) && !fs::exists(folder / kCheckpointFile, ignored)) {
    return noCheckpoint(
        fmt::format("'{}'", folder.string()),
        fmt::format("Start it again with 'a2q train ... -o {} --force'.", folder.string()));
  }
  auto checkpoint = readCheckpoint(folder / kCheckpointFile);
  if (!checkpoint) return forward(std::move(checkpoint));
  return Stopped{std::move(*checkpoint), fs::exists(folder / kWeightsFile, ignored),
                 folderPlace(folder)};
}

Result<Stopped> stoppedRun(const fs::path& path, const std::string& name) {
  auto file = ProjectFile::open(path, ProjectAccess::kWrite);
  if (!file) return forward(std::move(file));
  const auto index = findRun(file->saved(), name);
  if (!index) return tl::make_unexpected(index.error());
  const ProjectRun& run = file->saved().runs[*index];
  if (!run.last_checkpoint) {
    return noCheckpoint(fmt::format("{} of '{}'", run.name, path.string()),
                        "Start another with 'a2q train'.");
  }
  auto tree = file->object(*run.last_checkpoint);
  if (!tree) return forward(std::move(tree));
  auto checkpoint = checkpointOf(*tree);
  if (!checkpoint) return forward(std::move(checkpoint));
  const bool has_result = run.record.has_value();
  return Stopped{std::move(*checkpoint), has_result, projectPlace(std::move(*file), *index)};
}

Result<ExitCode> run(const Arguments& arguments) {
  const fs::path path = *arguments.text("place");
  auto overrides = overridesOf(arguments);
  if (!overrides) return forward(std::move(overrides));
  if (auto allowed = checkChangeable(*overrides); !allowed) return forward(std::move(allowed));
  auto stopped = isProjectPath(path) ? stoppedRun(path, arguments.text("run").value_or("last"))
                                     : stoppedFolder(path);
  if (!stopped) return forward(std::move(stopped));
  Checkpoint& checkpoint = stopped->checkpoint;
  auto experiment = withOverrides(checkpoint.experiment, *overrides);
  if (!experiment) return forward(std::move(experiment));
  checkpoint.experiment = *experiment;
  if (complete(checkpoint) && stopped->has_result) {
    return fail(ErrorCode::kUsage, fmt::format("'{}' is finished", path.string()),
                fmt::format("all {} epochs are trained", experiment->training.epochs),
                "Train longer with --epochs N.");
  }
  auto data = loadData(arguments, *experiment);
  if (!data) return forward(std::move(data));
  if (!isProjectPath(path)) {
    if (auto ready = prepareResultFolder(path, Overwrite::kAllow); !ready) {
      return forward(std::move(ready));
    }
  }
  if (!arguments.has("quiet")) {
    printDiagnostic(fmt::format("Going on with {}, batch {}.\n",
                                epochName(checkpoint.position.phase, checkpoint.position.epoch),
                                checkpoint.position.batch + 1));
  }
  return trainInto(*stopped->place, arguments, *experiment, *data, {nullptr, &checkpoint});
}

}  // namespace

Command resumeCommand() {
  std::vector<Option> options = trainingOptions();
  options.push_back(
      {.flags = "--run",
       .kind = ValueKind::kText,
       .value = "NAME",
       .help = "Run of a project: name, number or start of its UUID (default: last)"});
  return {.name = "resume",
          .summary = "Go on with a stopped, killed or diverged training",
          .long_help =
              "Goes on from the last checkpoint in the folder of a run: at the end of every epoch, "
              "every five minutes, and where it was stopped. The result equals, bit by bit, that "
              "of a run that was never stopped, with the same machine and --threads.\n\n"
              "--epochs trains a finished run longer. Settings of the training that leave its "
              "state valid may change, for example a lower training.learning_rate after it "
              "diverged.",
          .options = std::move(options),
          .positionals = {{.name = "place",
                           .help = "Folder of a run of 'a2q train', or a project",
                           .kind = ValueKind::kPath}},
          .run = run};
}

}  // namespace a2q::cli
