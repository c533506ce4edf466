// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/training/torch/batch_feeder.h"
#include "core/training/torch/graph_model.h"
#include "core/training/torch/optimizer.h"
#include "core/training/trainer.h"

namespace a2q {

/// What both phases of a training share: the job, who watches, and the record that grows.
class TrainSession {
 public:
  TrainSession(const TrainJob& job, const NetworkGraph& graph, const QuantPlan& plan,
               torch::Device device, TrainObserver& observer, const RunControl& control);

  const TrainJob& job;
  const NetworkGraph& graph;
  torch::Device device;
  TrainObserver& observer;
  const RunControl& control;
  RunRecord record;
  std::int64_t steps_before = 0;  ///< steps of earlier sittings

  [[nodiscard]] const InputLayer& inputLayer() const;
  [[nodiscard]] bool running() const { return record.state == RunState::kFinished; }
  void end(RunState state, std::string cause);
  /// Of training, resumed parts included.
  [[nodiscard]] double seconds() const;

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  double seconds_before_ = 0;
};

/// One phase of a training: epochs over the data with one model, one optimizer, one schedule.
class PhaseRun {
 public:
  /// `spec` is the training of this phase: its epochs and learning rate.
  PhaseRun(TrainSession& session, GraphModel& model, BatchFeeder& feeder, TrainPhase phase,
           const TrainSpec& spec);

  /// Takes over the values of a checkpoint of this phase.
  [[nodiscard]] Status resume(const Checkpoint& checkpoint);

  /// Trains what is left of the phase; ends early with the record's state changed.
  void run();

 private:
  struct BatchResult {
    double loss = 0;
    double score = 0;
  };

  void runEpoch();
  void endEpoch();
  void trainBatch();
  void report(BatchResult batch, double learning_rate, double penalty);
  void readLayers();
  void showSnapshot();
  void checkpoint(CheckpointKind kind);
  [[nodiscard]] bool exhausted() const;
  [[nodiscard]] std::optional<double> secondsLeft() const;

  TrainSession& session_;
  GraphModel& model_;
  BatchFeeder& feeder_;
  TrainPhase phase_;
  TrainSpec spec_;
  PhaseOptimizer optimizer_;
  TrainPosition position_;
  EpochSums sums_;
  std::vector<LayerSnapshot> layers_;
  std::optional<double> worst_margin_;
  std::optional<double> sparsity_;
  std::chrono::steady_clock::time_point batch_start_;
  bool snapshot_due_ = false;
  double snapshot_cost_ = 0;
  double next_snapshot_ = 0;
  double next_checkpoint_ = 0;
};

}  // namespace a2q
