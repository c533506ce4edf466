// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run_place.h"

#include <fmt/format.h>

#include <utility>

#include "core/base/folder_lock.h"
#include "core/project/live/live_run.h"
#include "core/project/run_recorder.h"
#include "core/training/checkpoint_writer.h"
#include "core/training/result_folder.h"

namespace a2q::cli {
namespace {

namespace fs = std::filesystem;

class FolderPlace : public RunPlace {
 public:
  explicit FolderPlace(fs::path folder) : folder_(std::move(folder)), checkpoints_(folder_) {}

  Result<std::vector<TrainObserver*>> begin(const Experiment&, const DataSet&,
                                            const Checkpoint*) override {
    if (lock_.take(folder_) != FolderLockState::kHeld) {
      return fail(ErrorCode::kExists,
                  fmt::format("another process trains into '{}'", folder_.string()),
                  "two would overwrite each other's checkpoints", "Wait for it, or stop it first.");
    }
    return std::vector<TrainObserver*>{&checkpoints_};
  }

  [[nodiscard]] fs::path name() const override { return folder_; }

  Status finish(const RunRecord& record) override { return writeResultFolder(folder_, record); }

  [[nodiscard]] std::string resumeCommand() const override {
    std::error_code ignored;
    if (!fs::exists(folder_ / kCheckpointFile, ignored)) return {};
    return fmt::format("a2q resume '{}'", folder_.string());
  }

 private:
  fs::path folder_;
  FolderLock lock_;
  CheckpointWriter checkpoints_;
};

class ProjectPlace : public RunPlace {
 public:
  ProjectPlace(ProjectFile file, std::size_t index) : file_(std::move(file)), index_(index) {}

  Result<std::vector<TrainObserver*>> begin(const Experiment& experiment, const DataSet& data,
                                            const Checkpoint* resume) override {
    auto recorder = resume == nullptr ? RunRecorder::begin(file_, experiment, data.source)
                                      : RunRecorder::resume(file_, index_, *resume);
    if (!recorder) return forward(std::move(recorder));
    recorder_ = std::move(*recorder);
    const ProjectRun& run = recorder_->run();
    live_ = std::make_unique<LiveRunWriter>(file_.path(), run.uuid, run.name, experiment);
    return std::vector<TrainObserver*>{recorder_.get(), live_.get()};
  }

  [[nodiscard]] fs::path name() const override {
    return fmt::format("{}, {}", file_.path().string(), recorder_->run().name);
  }

  Status finish(const RunRecord& record) override {
    live_.reset();
    return recorder_->finish(record);
  }

  void abandon() override {
    live_.reset();
    if (recorder_ != nullptr) (void)recorder_->abandon();
  }

  [[nodiscard]] std::string resumeCommand() const override {
    if (!recorder_->run().last_checkpoint) return {};
    return fmt::format("a2q resume '{}' --run {}", file_.path().string(), recorder_->run().name);
  }

 private:
  ProjectFile file_;
  std::size_t index_;
  std::unique_ptr<RunRecorder> recorder_;
  std::unique_ptr<LiveRunWriter> live_;
};

}  // namespace

std::unique_ptr<RunPlace> folderPlace(fs::path folder) {
  return std::make_unique<FolderPlace>(std::move(folder));
}

std::unique_ptr<RunPlace> projectPlace(ProjectFile file, std::size_t index) {
  return std::make_unique<ProjectPlace>(std::move(file), index);
}

bool isProjectPath(const fs::path& path) { return path.extension() == ".a2q"; }

}  // namespace a2q::cli
