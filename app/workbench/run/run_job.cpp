// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/run/run_job.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "core/data/data_set.h"
#include "core/data/sample_codes.h"
#include "core/training/observer_group.h"
#include "core/training/trainer.h"

namespace a2q::workbench {
namespace {

/// Writes what the trainer reports where the window finds it.
class TelemetryObserver : public TrainObserver {
 public:
  explicit TelemetryObserver(Telemetry& telemetry) : telemetry_(telemetry) {}
  void onStep(const StepReport& report) override { telemetry_.steps.append(report); }
  void onEpoch(const EpochRecord& record) override {
    telemetry_.epochs.append(record);
    if (!newest_) return;
    telemetry_.history.append(
        std::make_shared<const EpochSnapshot>(EpochSnapshot{record.phase, record.epoch, *newest_}));
  }
  void onSnapshot(const std::vector<LayerSnapshot>& layers) override {
    newest_ = std::make_shared<const std::vector<LayerSnapshot>>(layers);
    telemetry_.snapshot.put(newest_);
  }

 private:
  Telemetry& telemetry_;
  LayersPointer newest_;
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

RunEnd stoppedBeforeTraining(const Experiment& experiment) {
  RunRecord record;
  record.experiment = experiment;
  record.state = RunState::kStopped;
  record.state_cause = "stopped before the first batch";
  return {std::make_shared<const RunRecord>(std::move(record)), {}};
}

Result<BegunRun> begin(const RunRequest& request, const DataSet& data,
                       std::optional<Checkpoint> checkpoint) {
  if (!checkpoint) return request.project->beginRun(request.experiment, data.source);
  return request.project->resumeRun(request.resume, std::move(*checkpoint));
}

/// What was told before the run was stopped is told again.
void tellBefore(const Checkpoint& checkpoint, Telemetry& telemetry) {
  telemetry.steps.restart(checkpoint.steps);
  for (const EpochRecord& epoch : checkpoint.epochs) telemetry.epochs.append(epoch);
}

}  // namespace

Result<RunEnd> runExperiment(const RunRequest& request, Telemetry& telemetry, RunSwitches& switches,
                             const RunControl& control) {
  std::optional<Checkpoint> checkpoint;
  if (!request.resume.empty()) {
    auto read = request.project->lastCheckpoint(request.resume);
    if (!read) return forward(std::move(read));
    checkpoint = std::move(*read);
    checkpoint->experiment = request.experiment;
    tellBefore(*checkpoint, telemetry);
  }
  auto data = loadDataSet(request.experiment.data, request.experiment.training.seed);
  if (!data) return forward(std::move(data));
  telemetry.notes.append(fmt::format("Data: {}, {}", data->source, countsText(*data)));
  if (data->task == Task::kClassification) {  // patches of photographs have no number
    telemetry.train_samples = sampleCount(*data, DataPart::kTrain);
    telemetry.test_samples = sampleCount(*data, DataPart::kTest);
  }
  if (control.stop.stop_requested()) return stoppedBeforeTraining(request.experiment);
  auto trainer = openTrainer();
  if (!trainer) return forward(std::move(trainer));
  telemetry.notes.append(fmt::format("Training with {}", (*trainer)->backendName()));
  auto begun = begin(request, *data, std::move(checkpoint));
  if (!begun) return forward(std::move(begun));
  telemetry.identity.put({begun->uuid, begun->name});
  switches.training = true;
  TelemetryObserver watcher(telemetry);
  CheckpointKeeper keeper(*request.project);
  begun->observers.insert(begun->observers.begin(), &watcher);
  begun->observers.push_back(&keeper);
  ObserverGroup observers(std::move(begun->observers));
  TrainJob job{request.experiment, *data, request.compute};
  job.resume = begun->checkpoint ? &*begun->checkpoint : nullptr;
  auto record = (*trainer)->train(job, observers, control);
  const bool discarded = switches.discard && request.resume.empty();
  const bool kept = record && !(discarded && record->state == RunState::kStopped);
  if (!kept) request.project->abandonRun();
  if (!record) return forward(std::move(record));
  auto shared = std::make_shared<const RunRecord>(std::move(*record));
  return RunEnd{shared, kept ? request.project->finishRun(*shared) : Status{}};
}

}  // namespace a2q::workbench
