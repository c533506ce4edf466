// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "core/training/trainer.h"

namespace a2q::cli {

/// Tells a training as JSON Lines, for programs that watch: every line an object with "event"
/// ("start", "step", "epoch", "snapshot", "checkpoint", "end"), written at once. The first line
/// names the schema, a2q-events-1. When nobody reads any more the training goes on.
class EventLog : public TrainObserver {
 public:
  /// Replaces the file, which may be a pipe. Errors: kWriteFailed.
  [[nodiscard]] static Result<std::unique_ptr<EventLog>> open(const std::filesystem::path& path);

  void onStart(const Experiment& experiment, const std::filesystem::path& folder,
               const Checkpoint* resume);
  void onStep(const StepReport& report) override;
  void onEpoch(const EpochRecord& record) override;
  void onSnapshot(const std::vector<LayerSnapshot>& layers) override;
  void onCheckpoint(const Checkpoint& checkpoint, CheckpointKind kind) override;
  void onEnd(const RunRecord& record);

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  explicit EventLog(std::FILE* file) : file_(file) {}
  void write(const nlohmann::ordered_json& line);

  std::unique_ptr<std::FILE, Close> file_;
  bool broken_ = false;
};

}  // namespace a2q::cli
