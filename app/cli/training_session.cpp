// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/training_session.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <limits>
#include <memory>

#include "app/cli/event_log.h"
#include "app/cli/live_line.h"
#include "app/cli/output.h"
#include "app/cli/run_report.h"
#include "app/cli/signal_stop.h"
#include "app/cli/tensorboard_log.h"
#include "app/cli/training_options.h"
#include "core/base/folder_lock.h"
#include "core/training/checkpoint_writer.h"
#include "core/training/observer_group.h"
#include "core/training/result_folder.h"

namespace a2q::cli {
namespace {

namespace fs = std::filesystem;

/// How wide a table may be: a terminal's width, any elsewhere.
std::size_t outputColumns() {
  winsize size{};
  const bool terminal = ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return terminal ? size.ws_col : std::numeric_limits<std::size_t>::max();
}

/// Those who watch one training, as far as they are asked for.
struct Watchers {
  LiveLine line;
  CheckpointWriter checkpoints;
  std::unique_ptr<EventLog> events;
  std::unique_ptr<TensorBoardLog> tensorboard;

  [[nodiscard]] std::vector<TrainObserver*> all() {
    std::vector<TrainObserver*> members{&line, &checkpoints};
    if (events != nullptr) members.push_back(events.get());
    if (tensorboard != nullptr) members.push_back(tensorboard.get());
    return members;
  }
};

/// Opens the files of the watchers before anything is trained.
Status openLogs(const Arguments& arguments, Watchers& watchers) {
  if (const auto file = arguments.text("events")) {
    auto log = EventLog::open(*file);
    if (!log) return forward(std::move(log));
    watchers.events = std::move(*log);
  }
  if (const auto folder = arguments.text("tensorboard")) {
    auto log = TensorBoardLog::open(*folder);
    if (!log) return forward(std::move(log));
    watchers.tensorboard = std::move(*log);
  }
  return {};
}

bool hasCheckpoint(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(folder / kCheckpointFile, ignored);
}

std::string resumeHint(const fs::path& folder) {
  return fmt::format("Go on with: a2q resume '{}'", folder.string());
}

Result<ExitCode> conclude(const Arguments& arguments, const RunRecord& record,
                          const fs::path& folder, int signal) {
  // Printed first: a full disk must not take the result of the training with it.
  if (arguments.has("json")) {
    printJson(runJson(record, folder));
  } else {
    printResult(runText(record, folder, outputColumns()));
  }
  if (auto written = writeResultFolder(folder, record); !written) {
    return forward(std::move(written));
  }
  switch (record.state) {
    case RunState::kFinished:
      return record.certificate.safe() ? ExitCode::kOk : ExitCode::kCheckFailed;
    case RunState::kStopped:
      if (hasCheckpoint(folder)) printDiagnostic(resumeHint(folder) + "\n");
      return signal == SIGINT ? ExitCode::kInterrupted : ExitCode::kTerminated;
    case RunState::kDiverged:
      if (!hasCheckpoint(folder)) {
        return fail(ErrorCode::kTrainingDiverged, "training diverged", record.state_cause);
      }
      return fail(ErrorCode::kTrainingDiverged, "training diverged", record.state_cause,
                  fmt::format("Lower the rate and go on from the last checkpoint: a2q resume '{}' "
                              "--set training.learning_rate=...; or start again with a lower one.",
                              folder.string()));
    case RunState::kOutOfMemory:
      return fail(ErrorCode::kOutOfMemory, "training ran out of memory", record.state_cause);
  }
  return ExitCode::kInternal;
}

}  // namespace

Result<ExitCode> trainInto(const fs::path& folder, const Arguments& arguments,
                           const Experiment& experiment, const DataSet& data,
                           const TrainingStart& start) {
  FolderLock lock;
  if (lock.take(folder) != FolderLockState::kHeld) {
    return fail(ErrorCode::kExists,
                fmt::format("another process trains into '{}'", folder.string()),
                "two would overwrite each other's checkpoints", "Wait for it, or stop it first.");
  }
  const SignalStop signals;
  auto trainer = openTrainer();
  if (!trainer) return forward(std::move(trainer));
  Watchers watchers{LiveLine(arguments.has("quiet") ? Verbosity::kQuiet : Verbosity::kNormal),
                    CheckpointWriter(folder), nullptr, nullptr};
  if (auto opened = openLogs(arguments, watchers); !opened) return forward(std::move(opened));
  ObserverGroup observers(watchers.all());
  if (watchers.events != nullptr) watchers.events->onStart(experiment, folder, start.resume);
  auto record = (*trainer)->train(
      {experiment, data, computeOptionsOf(arguments), start.float_weights, start.resume}, observers,
      {signals.token(), nullptr});
  watchers.line.finish();
  if (!record) return forward(std::move(record));
  if (watchers.events != nullptr) watchers.events->onEnd(*record);
  return conclude(arguments, *record, folder, signals.received());
}

}  // namespace a2q::cli
