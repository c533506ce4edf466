// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/run/run_job.h"

#include <fmt/format.h>

#include "core/data/data_set.h"
#include "core/training/observer_group.h"
#include "core/training/trainer.h"

namespace a2q::workbench {
namespace {

/// Writes what the trainer reports where the GUI's pump finds it.
class TelemetryObserver : public TrainObserver {
 public:
  explicit TelemetryObserver(Telemetry& telemetry) : telemetry_(telemetry) {}
  void onStep(const StepReport& report) override { telemetry_.steps.append(report); }
  void onEpoch(const EpochRecord& record) override { telemetry_.epochs.append(record); }
  void onSnapshot(const std::vector<LayerSnapshot>& layers) override {
    telemetry_.snapshot.put(layers);
  }

 private:
  Telemetry& telemetry_;
};

/// Keeps what is unsaved beside every checkpoint that the recorder saves: added after it.
class CheckpointKeeper : public TrainObserver {
 public:
  explicit CheckpointKeeper(ProjectSession& project) : project_(project) {}
  void onStep(const StepReport&) override {}
  void onEpoch(const EpochRecord&) override {}
  void onSnapshot(const std::vector<LayerSnapshot>&) override {}
  void onCheckpoint(const Checkpoint&, CheckpointKind) override { project_.keepLater(); }
  [[nodiscard]] Snapshots snapshots() const override { return Snapshots::kIgnored; }

 private:
  ProjectSession& project_;
};

RunRecord stoppedBeforeTraining(const Experiment& experiment) {
  RunRecord record;
  record.experiment = experiment;
  record.state = RunState::kStopped;
  record.state_cause = "stopped before the first batch";
  return record;
}

}  // namespace

Result<RunEnd> runExperiment(const Experiment& experiment, ProjectSession& project,
                             Telemetry& telemetry, std::atomic<bool>& training,
                             const RunControl& control) {
  auto data = loadDataSet(experiment.data, experiment.training.seed);
  if (!data) return forward(std::move(data));
  telemetry.notes.append(fmt::format("Data: {}, {}", data->source, countsText(*data)));
  if (control.stop.stop_requested()) {
    return RunEnd{std::make_shared<const RunRecord>(stoppedBeforeTraining(experiment)), {}};
  }
  auto trainer = openTrainer();
  if (!trainer) return forward(std::move(trainer));
  telemetry.notes.append(fmt::format("Training with {}", (*trainer)->backendName()));
  auto members = project.beginRun(experiment, data->source);
  if (!members) return forward(std::move(members));
  training = true;
  TelemetryObserver watcher(telemetry);
  CheckpointKeeper keeper(project);
  members->insert(members->begin(), &watcher);
  members->push_back(&keeper);
  ObserverGroup observers(std::move(*members));
  auto record = (*trainer)->train({experiment, *data}, observers, control);
  if (!record) {
    project.abandonRun();
    return forward(std::move(record));
  }
  auto shared = std::make_shared<const RunRecord>(std::move(*record));
  return RunEnd{shared, project.finishRun(*shared)};
}

}  // namespace a2q::workbench
