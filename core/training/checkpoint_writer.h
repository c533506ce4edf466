// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

#include "core/training/trainer.h"

namespace a2q {

/// Keeps the checkpoints of a training in the folder of its run: the last one, from which a resume
/// goes on, and the best one. When one cannot be written the training goes on, and the problem is
/// logged at once and kept for its end.
class CheckpointWriter : public TrainObserver {
 public:
  explicit CheckpointWriter(std::filesystem::path folder);

  void onStep(const StepReport&) override {}
  void onEpoch(const EpochRecord&) override {}
  void onSnapshot(const std::vector<LayerSnapshot>&) override {}
  void onCheckpoint(const Checkpoint& checkpoint, CheckpointKind kind) override;
  [[nodiscard]] Snapshots snapshots() const override { return Snapshots::kIgnored; }

  /// The problem of the last attempt; none when it went well.
  [[nodiscard]] const std::optional<Error>& problem() const { return problem_; }

 private:
  std::filesystem::path folder_;
  std::optional<Error> problem_;
};

}  // namespace a2q
