// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "core/training/trainer.h"

namespace a2q::testing {

/// A network of two convolutions and a linear layer on 28 × 28 digits: a few milliseconds a batch.
extern const std::string kTinySpec;

/// Reads a specification; throws std::runtime_error with the error when it is bad.
[[nodiscard]] Experiment experimentOf(const std::string& toml);

/// Dotted keys and their values.
using Settings = std::initializer_list<std::pair<const char*, const char*>>;

/// The tiny experiment with settings changed, for example {"training.epochs", "2"}.
[[nodiscard]] Experiment tinyExperiment(Settings settings = {});

/// `train` generated digits to learn from and `test` to test with; the same at every call.
[[nodiscard]] DataSet digits(std::int64_t train = 320, std::int64_t test = 100);

/// Noise of any shape whose brightness tells the class.
[[nodiscard]] DataSet brightnessData(Shape shape, std::int64_t classes, std::int64_t count);

/// Super-resolution ×2 of a sub-pixel network: convolution, activation, convolution, pixel shuffle.
extern const std::string kSubPixelSpec;

/// Photographs of soft random hills, 40 × 32, and their halves.
[[nodiscard]] DataSet hills(std::int64_t train = 6, std::int64_t test = 2);

/// Keeps everything it is told, and does what a test wants done at a step.
class Recorder : public TrainObserver {
 public:
  void onStep(const StepReport& report) override {
    steps.push_back(report);
    if (at_step) at_step(report);
  }
  void onEpoch(const EpochRecord& record) override { epochs.push_back(record); }
  void onSnapshot(const std::vector<LayerSnapshot>& layers) override {
    snapshots.push_back(layers);
  }

  void onCheckpoint(const Checkpoint& checkpoint, CheckpointKind kind) override {
    (kind == CheckpointKind::kBest ? best : checkpoints).push_back(checkpoint);
  }

  std::vector<StepReport> steps;
  std::vector<EpochRecord> epochs;
  std::vector<std::vector<LayerSnapshot>> snapshots;
  std::vector<Checkpoint> checkpoints;
  std::vector<Checkpoint> best;
  std::function<void(const StepReport&)> at_step;
};

/// Trains on two threads of the CPU.
[[nodiscard]] Result<RunRecord> train(const Experiment& experiment, const DataSet& data,
                                      Recorder& recorder, const RunControl& control = {},
                                      const ComputeOptions& compute = {"cpu", 2});
[[nodiscard]] Result<RunRecord> train(const Experiment& experiment, const DataSet& data);

/// Goes on from a checkpoint, on two threads of the CPU.
[[nodiscard]] Result<RunRecord> resume(const Checkpoint& checkpoint, const DataSet& data,
                                       Recorder& recorder, const RunControl& control = {});

/// The parameter of that name as numbers; throws std::out_of_range when there is none.
[[nodiscard]] std::vector<float> parameter(const RunRecord& record, const std::string& name);

/// Whether every learned value and running statistic is a finite number.
[[nodiscard]] bool parametersFinite(const RunRecord& record);

}  // namespace a2q::testing
