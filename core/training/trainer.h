// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/run_control.h"
#include "core/data/data_set.h"
#include "core/training/run_record.h"

namespace a2q {

/// Watches a training from the training's own thread: return quickly, never throw.
class TrainObserver {
 public:
  virtual ~TrainObserver() = default;
  /// After every batch.
  virtual void onStep(const StepReport& report) = 0;
  /// After every epoch, its test included.
  virtual void onEpoch(const EpochRecord& record) = 0;
  /// At most ten times a second, and after every epoch.
  virtual void onSnapshot(const std::vector<LayerSnapshot>& layers) = 0;
};

/// Where and with how many threads a training computes.
struct ComputeOptions {
  std::string device = "cpu";  ///< "cpu", "cuda" or "cuda:N"
  int threads = 0;             ///< 0: the processors this process may use
};

/// Trains a network. Stop and pause act at the next batch; a stopped or diverged run is returned
/// as a record with its state, everything trained so far in it. Errors: a network or data that do
/// not fit, a device that is not there, memory that does not suffice.
class Trainer {
 public:
  virtual ~Trainer() = default;
  [[nodiscard]] virtual Result<RunRecord> train(const Experiment& experiment, const DataSet& data,
                                                const ComputeOptions& compute,
                                                TrainObserver& observer,
                                                const RunControl& control) = 0;
  /// "LibTorch 1.13.1".
  [[nodiscard]] virtual std::string backendName() const = 0;
};

/// Opens the learning library (LibTorch) on first use, so that programs that never train start
/// without it. Sets OMP_WAIT_POLICY and GOMP_SPINCOUNT, unless they are set, before OpenMP reads
/// them: idle threads must not spin other processes away.
[[nodiscard]] Result<Trainer*> openTrainer();

}  // namespace a2q
