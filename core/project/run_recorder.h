// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/project/project_file.h"
#include "core/project/stored/run_objects.h"
#include "core/training/trainer.h"

namespace a2q {

/// Writes a training into its project: the project is saved when the run begins, at every
/// checkpoint and at the end. Saving happens on projectLane() and never holds up the training: when
/// a checkpoint comes while the one before is being written, the newest is written next.
class RunRecorder : public TrainObserver {
 public:
  /// Adds a run. The file must outlive the recorder. Errors: those of save().
  [[nodiscard]] static Result<std::unique_ptr<RunRecorder>> begin(ProjectFile& file,
                                                                  const Experiment& experiment,
                                                                  const std::string& data_source);
  /// Goes on with the run at `index` from its last checkpoint, in place of what came after it.
  [[nodiscard]] static Result<std::unique_ptr<RunRecorder>> resume(ProjectFile& file,
                                                                   std::size_t index,
                                                                   const Checkpoint& checkpoint);
  ~RunRecorder() override;

  void onStep(const StepReport&) override {}
  void onEpoch(const EpochRecord& record) override;
  void onSnapshot(const std::vector<LayerSnapshot>& layers) override;
  void onCheckpoint(const Checkpoint& checkpoint, CheckpointKind kind) override;

  /// The run as it is known now.
  [[nodiscard]] const ProjectRun& run() const;
  /// Writes how the run ended, and waits for it. Errors: those of save(); the run is then in the
  /// recovery store, and the remedy says so.
  [[nodiscard]] Status finish(const RunRecord& record);
  /// Removes what finish() put into the recovery store: the run is saved, or no longer wanted.
  void discardKept();
  /// A run that never began to train is taken out again.
  [[nodiscard]] Status abandon();

 private:
  struct Impl;
  explicit RunRecorder(std::shared_ptr<Impl> impl);
  std::shared_ptr<Impl> impl_;
};

}  // namespace a2q
