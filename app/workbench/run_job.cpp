// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/run_job.h"

#include <fmt/format.h>

#include "core/data/data_set.h"
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

RunRecord stoppedBeforeTraining(const Experiment& experiment) {
  RunRecord record;
  record.experiment = experiment;
  record.state = RunState::kStopped;
  record.state_cause = "stopped before the first batch";
  return record;
}

}  // namespace

Result<RunRecord> runExperiment(const Experiment& experiment, Telemetry& telemetry,
                                std::atomic<bool>& training, const RunControl& control) {
  auto data = loadDataSet(experiment.data, experiment.training.seed);
  if (!data) return forward(std::move(data));
  telemetry.notes.append(fmt::format("Data: {}, {}", data->source, countsText(*data)));
  if (control.stop.stop_requested()) return stoppedBeforeTraining(experiment);
  auto trainer = openTrainer();
  if (!trainer) return forward(std::move(trainer));
  telemetry.notes.append(fmt::format("Training with {}", (*trainer)->backendName()));
  training = true;
  TelemetryObserver observer(telemetry);
  return (*trainer)->train({experiment, *data}, observer, control);
}

}  // namespace a2q::workbench
