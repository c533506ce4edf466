// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/project/project_file.h"
#include "core/training/trainer.h"

namespace a2q::cli {

/// Where a training leaves what it finds: the folder of a run, or a project.
class RunPlace {
 public:
  virtual ~RunPlace() = default;
  /// Those who write while it trains. Errors: another process trains there.
  [[nodiscard]] virtual Result<std::vector<TrainObserver*>> begin(const Experiment& experiment,
                                                                  const DataSet& data,
                                                                  const Checkpoint* resume) = 0;
  /// What reports call it.
  [[nodiscard]] virtual std::filesystem::path name() const = 0;
  /// Writes the result. Errors: those of writing.
  [[nodiscard]] virtual Status finish(const RunRecord& record) = 0;
  /// The training failed before it began.
  virtual void abandon() {}
  /// The command that goes on with it; empty when there is no checkpoint.
  [[nodiscard]] virtual std::string resumeCommand() const = 0;
};

/// The folder of a run, which exists.
[[nodiscard]] std::unique_ptr<RunPlace> folderPlace(std::filesystem::path folder);

/// A new run of a project that is open for writing, or (resume given) the run at `index`.
[[nodiscard]] std::unique_ptr<RunPlace> projectPlace(ProjectFile file, std::size_t index);

/// Whether a path names a project: it ends in ".a2q".
[[nodiscard]] bool isProjectPath(const std::filesystem::path& path);

}  // namespace a2q::cli
