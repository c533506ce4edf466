// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/run/run_controller.h"

#include <utility>

#include "app/workbench/project/document.h"
#include "app/workbench/run/guarded.h"

namespace a2q::workbench {
namespace {

/// The layers that every step tells of.
std::vector<std::string> quantizedLayers(const Experiment& experiment) {
  std::vector<std::string> names;
  for (const LayerSnapshot& layer : plannedLayers(experiment)) names.push_back(layer.layer);
  return names;
}

Status writeResults(const std::filesystem::path& folder, Overwrite overwrite,
                    const RunRecord& record) {
  if (auto ready = prepareResultFolder(folder, overwrite); !ready) return ready;
  return writeResultFolder(folder, record);
}

}  // namespace

RunController::RunController(QObject* parent) : QObject(parent) {}

void RunController::setPhase(RunPhase phase) {
  if (phase_ == phase) return;
  phase_ = phase;
  Q_EMIT phaseChanged();
}

void RunController::start(const RunRequest& request) {
  if (busy()) return;
  telemetry_ = std::make_shared<Telemetry>(quantizedLayers(request.experiment));
  switches_.training = false;
  switches_.discard = false;
  gate_.resume();
  setPhase(RunPhase::kLoading);
  lane_.post([this, request, telemetry = telemetry_](const std::stop_token& stop) {
    const std::lock_guard turn(*trainer_turn_);
    report_.put(guarded([&] {
      return runExperiment(request, *telemetry, switches_, RunControl{stop, &gate_});
    }));
  });
}

void RunController::togglePause() {
  if (phase_ == RunPhase::kTraining) {
    gate_.pause();
    setPhase(RunPhase::kPaused);
  } else if (phase_ == RunPhase::kPaused) {
    gate_.resume();
    setPhase(RunPhase::kTraining);
  }
}

void RunController::stop() {
  if (phase_ == RunPhase::kChecking) return lane_.requestStop();
  const bool running =
      phase_ == RunPhase::kLoading || phase_ == RunPhase::kTraining || phase_ == RunPhase::kPaused;
  if (!running) return;
  lane_.requestStop();
  setPhase(RunPhase::kStopping);
}

void RunController::abort() {
  switches_.discard = true;
  stop();
}

void RunController::save(const std::filesystem::path& folder, Overwrite overwrite,
                         RecordPointer record) {
  if (busy() || !record) return;
  setPhase(RunPhase::kSaving);
  lane_.post([this, folder, overwrite, record = std::move(record)](const std::stop_token&) {
    report_.put(Saved{folder, guarded([&] { return writeResults(folder, overwrite, *record); })});
  });
}

void RunController::perform(std::function<Then()> work) {
  if (busy()) return;
  setPhase(RunPhase::kSaving);
  lane_.post([this, work = std::move(work)](const std::stop_token&) { report_.put(safely(work)); });
}

void RunController::check(std::function<Then(const std::stop_token&)> work) {
  if (busy()) return;
  setPhase(RunPhase::kChecking);
  lane_.post([this, work = std::move(work)](const std::stop_token& stop) {
    const std::lock_guard turn(*trainer_turn_);
    report_.put(safely([&] { return work(stop); }));
  });
}

RunController::Then RunController::safely(const std::function<Then()>& work) {
  auto then = guarded([&]() -> Result<Then> { return work(); });
  if (then) return std::move(*then);
  return [this, error = then.error()] { Q_EMIT failed(error); };
}

void RunController::poll() {
  if (phase_ == RunPhase::kLoading && switches_.training) setPhase(RunPhase::kTraining);
  if (const auto report = report_.take()) {
    std::visit([this](const auto& outcome) { conclude(outcome); }, *report);
  }
}

void RunController::conclude(const Result<RunEnd>& result) {
  setPhase(RunPhase::kIdle);
  if (!result) {
    Q_EMIT failed(result.error());
    return;
  }
  Q_EMIT finished(result->record);
  if (!result->recorded) Q_EMIT notRecorded(result->recorded.error());
}

void RunController::conclude(const Then& then) {
  setPhase(RunPhase::kIdle);
  then();
}

void RunController::conclude(const Saved& outcome) {
  setPhase(RunPhase::kIdle);
  if (outcome.status) {
    Q_EMIT saved(outcome.folder);
  } else {
    Q_EMIT saveFailed(outcome.folder, outcome.status.error());
  }
}

}  // namespace a2q::workbench
