// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/data/data_set.h"
#include "core/integer/observe.h"
#include "core/integer/what_if.h"
#include "core/training/run_record.h"
#include "core/training/trained_network.h"
#include "core/training/trainer.h"

namespace a2q::workbench {

/// Held by whoever uses the trainer: it has one set of threads and one random state for the whole
/// process, so that reading integers beside a training would disturb it.
using TrainerTurn = std::shared_ptr<std::mutex>;

/// A network's score before and after, on the same samples; none when it was stopped.
struct ScorePair {
  EvalResult before;
  EvalResult after;
};

/// What previews need of a run, read once: its integers and some test samples. It belongs to one
/// thread.
class WhatIfDesk {
 public:
  explicit WhatIfDesk(TrainerTurn trainer_turn);

  /// Whether the integers of the run are there, or could be read because no training goes on; and
  /// the error of reading them.
  [[nodiscard]] Result<bool> open(const std::shared_ptr<const RunRecord>& record);

  /// Of the open run. Errors: those of previewBounds().
  [[nodiscard]] Result<Projection> bounds(const Experiment& after) const;
  /// Within about a second. Errors: of loading the data and of previewScore().
  [[nodiscard]] Result<std::optional<ScorePair>> score(const TrainedNetwork& after,
                                                       const std::stop_token& stop);
  /// What the accumulators of the open run reach on test samples. Errors: as above.
  [[nodiscard]] Result<Observation> observe(const std::stop_token& stop);
  /// Reads the samples and scores the open run itself, so that questions are answered faster.
  void prepare(const std::stop_token& stop);

 private:
  [[nodiscard]] Status loadSamples();
  /// Of the open run on the first `samples`; 0: on as many as a moment allows.
  [[nodiscard]] Result<EvalResult> scoreBefore(std::int64_t samples, const std::stop_token& stop);

  TrainerTurn trainer_turn_;
  std::shared_ptr<const RunRecord> record_;
  std::optional<TrainedNetwork> trained_;
  std::vector<LayerFacts> before_;
  std::optional<DataSet> samples_;
  DataSpec samples_of_;
  std::uint64_t samples_seed_ = 0;
  std::optional<EvalResult> score_before_;  ///< on as many samples as a preview uses
};

}  // namespace a2q::workbench
