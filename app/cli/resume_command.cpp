// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/training_options.h"
#include "app/cli/training_session.h"
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

Result<ExitCode> run(const Arguments& arguments) {
  const fs::path folder = *arguments.text("run");
  auto overrides = overridesOf(arguments);
  if (!overrides) return forward(std::move(overrides));
  if (auto allowed = checkChangeable(*overrides); !allowed) return forward(std::move(allowed));
  std::error_code ignored;
  if (fs::is_directory(folder, ignored) && !fs::exists(folder / kCheckpointFile, ignored)) {
    return fail(ErrorCode::kReadFailed, fmt::format("'{}' holds no checkpoint", folder.string()),
                "one is written after the first epoch, after five minutes, and at a stop",
                fmt::format("Start it again with 'a2q train ... -o {} --force'.", folder.string()));
  }
  auto checkpoint = readCheckpoint(folder / kCheckpointFile);
  if (!checkpoint) return forward(std::move(checkpoint));
  auto experiment = withOverrides(checkpoint->experiment, *overrides);
  if (!experiment) return forward(std::move(experiment));
  checkpoint->experiment = *experiment;
  // One that was killed before its results were written only lacks those.
  if (complete(*checkpoint) && fs::exists(folder / kWeightsFile, ignored)) {
    return fail(ErrorCode::kUsage, fmt::format("'{}' is finished", folder.string()),
                fmt::format("all {} epochs are trained", experiment->training.epochs),
                "Train longer with --epochs N.");
  }
  auto data = loadData(arguments, *experiment);
  if (!data) return forward(std::move(data));
  if (auto ready = prepareResultFolder(folder, Overwrite::kAllow); !ready) {
    return forward(std::move(ready));
  }
  if (!arguments.has("quiet")) {
    printDiagnostic(fmt::format("Going on with {}, batch {}.\n",
                                epochName(checkpoint->position.phase, checkpoint->position.epoch),
                                checkpoint->position.batch + 1));
  }
  return trainInto(folder, arguments, *experiment, *data, {nullptr, &*checkpoint});
}

}  // namespace

Command resumeCommand() {
  return {.name = "resume",
          .summary = "Go on with a stopped, killed or diverged training",
          .long_help =
              "Goes on from the last checkpoint in the folder of a run: at the end of every epoch, "
              "every five minutes, and where it was stopped. The result equals, bit by bit, that "
              "of a run that was never stopped, with the same machine and --threads.\n\n"
              "--epochs trains a finished run longer. Settings of the training that leave its "
              "state valid may change, for example a lower training.learning_rate after it "
              "diverged.",
          .options = trainingOptions(),
          .positionals = {{.name = "run",
                           .help = "Folder of a run of 'a2q train'",
                           .kind = ValueKind::kPath}},
          .run = run};
}

}  // namespace a2q::cli
