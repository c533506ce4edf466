// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/training_session.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <limits>
#include <memory>
#include <vector>

#include "app/cli/event_log.h"
#include "app/cli/live_line.h"
#include "app/cli/output.h"
#include "app/cli/run_report.h"
#include "app/cli/signal_stop.h"
#include "app/cli/tensorboard_log.h"
#include "app/cli/training_options.h"
#include "core/training/observer_group.h"

namespace a2q::cli {
namespace {

/// How wide a table may be: a terminal's width, any elsewhere.
std::size_t outputColumns() {
  winsize size{};
  const bool terminal = ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return terminal ? size.ws_col : std::numeric_limits<std::size_t>::max();
}

/// Those who watch one training, as far as they are asked for.
struct Watchers {
  LiveLine line;
  std::vector<TrainObserver*> place;  ///< those of the place it trains into
  std::unique_ptr<EventLog> events;
  std::unique_ptr<TensorBoardLog> tensorboard;

  [[nodiscard]] std::vector<TrainObserver*> all() {
    std::vector<TrainObserver*> members{&line};
    members.insert(members.end(), place.begin(), place.end());
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

Result<ExitCode> conclude(const Arguments& arguments, const RunRecord& record, RunPlace& place,
                          int signal) {
  // Printed first: a full disk must not take the result of the training with it.
  if (arguments.has("json")) {
    printJson(runJson(record, place.name()));
  } else {
    printResult(runText(record, place.name(), outputColumns()));
  }
  if (auto written = place.finish(record); !written) return forward(std::move(written));
  const std::string resume = place.resumeCommand();
  switch (record.state) {
    case RunState::kFinished:
      return record.certificate.safe() ? ExitCode::kOk : ExitCode::kCheckFailed;
    case RunState::kStopped:
      if (!resume.empty()) printDiagnostic(fmt::format("Go on with: {}\n", resume));
      return signal == SIGINT ? ExitCode::kInterrupted : ExitCode::kTerminated;
    case RunState::kDiverged:
      if (resume.empty()) {
        return fail(ErrorCode::kTrainingDiverged, "training diverged", record.state_cause);
      }
      return fail(ErrorCode::kTrainingDiverged, "training diverged", record.state_cause,
                  fmt::format("Lower the rate and go on from the last checkpoint: {} "
                              "--set training.learning_rate=...; or start again with a lower one.",
                              resume));
    case RunState::kOutOfMemory:
      return fail(ErrorCode::kOutOfMemory, "training ran out of memory", record.state_cause);
  }
  return ExitCode::kInternal;
}

}  // namespace

Result<ExitCode> trainInto(RunPlace& place, const Arguments& arguments,
                           const Experiment& experiment, const DataSet& data,
                           const TrainingStart& start) {
  const SignalStop signals;
  auto trainer = openTrainer();
  if (!trainer) return forward(std::move(trainer));
  Watchers watchers{LiveLine(arguments.has("quiet") ? Verbosity::kQuiet : Verbosity::kNormal),
                    {},
                    nullptr,
                    nullptr};
  if (auto opened = openLogs(arguments, watchers); !opened) return forward(std::move(opened));
  auto begun = place.begin(experiment, data, start.resume);
  if (!begun) return forward(std::move(begun));
  watchers.place = std::move(*begun);
  ObserverGroup observers(watchers.all());
  if (watchers.events != nullptr) watchers.events->onStart(experiment, place.name(), start.resume);
  auto record = (*trainer)->train(
      {experiment, data, computeOptionsOf(arguments), start.float_weights, start.resume}, observers,
      {signals.token(), nullptr});
  watchers.line.finish();
  if (!record) {
    place.abandon();
    return forward(std::move(record));
  }
  if (watchers.events != nullptr) watchers.events->onEnd(*record);
  return conclude(arguments, *record, place, signals.received());
}

}  // namespace a2q::cli
