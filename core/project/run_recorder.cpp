// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/run_recorder.h"

#include <fmt/format.h>

#include <mutex>
#include <utility>

#include "core/base/identity.h"
#include "core/base/log.h"
#include "core/project/project_lane.h"
#include "core/project/recovery/recovery.h"

namespace a2q {
namespace {

ProjectRun newRun(const Project& project, const Experiment& experiment,
                  const std::string& data_source) {
  ProjectRun run;
  run.uuid = newUuid();
  run.name = newRunName(project);
  run.created = utcNow();
  run.specification = writeExperiment(experiment);
  run.data_source = data_source;
  run.seed = experiment.training.seed;
  return run;
}

}  // namespace

struct RunRecorder::Impl {
  Impl(ProjectFile& project_file, std::size_t index)
      : file(project_file), project(project_file.saved()), position(index) {}

  ProjectFile& file;
  std::mutex mutex;  ///< guards all below
  Project project;
  std::size_t position;
  std::vector<EpochSnapshot> snapshots;
  std::vector<LayerSnapshot> latest;
  std::optional<DataTree> last;  ///< checkpoints that wait to be written
  std::optional<DataTree> best;
  bool queued = false;
  std::optional<RecoveryStore> apart;  ///< of a run whose end could not be saved

  [[nodiscard]] ProjectRun& run() { return project.runs[position]; }
  void put(DataTree checkpoint, CheckpointKind kind);
  void writeWaiting();
  Status keepApart(Error error);
};

void RunRecorder::Impl::put(DataTree checkpoint, CheckpointKind kind) {
  (kind == CheckpointKind::kBest ? best : last) = std::move(checkpoint);
}

/// On the lane: the newest checkpoints, and the run as it stands.
void RunRecorder::Impl::writeWaiting() {
  std::optional<DataTree> new_last;
  std::optional<DataTree> new_best;
  Project now;
  {
    const std::lock_guard lock(mutex);
    queued = false;
    new_last.swap(last);
    new_best.swap(best);
    now = project;
  }
  ProjectRun& writing = now.runs[position];
  if (new_last) writing.last_checkpoint = file.keep(std::move(*new_last));
  if (new_best) writing.best_checkpoint = file.keep(std::move(*new_best));
  const auto saved = file.save(now);
  if (!saved) {
    log(LogLevel::kWarning,
        "The training goes on without this checkpoint. " + describe(saved.error()));
  }
  // The file still keeps what it could not write: a later save can.
  const std::lock_guard lock(mutex);
  run().last_checkpoint = writing.last_checkpoint;
  run().best_checkpoint = writing.best_checkpoint;
}

/// What a training took hours for must not go with a disk that is full at its end.
Status RunRecorder::Impl::keepApart(Error error) {
  const auto keep = [this]() -> Status {
    if (!apart) {
      auto store = RecoveryStore::open(file.path(), project.uuid);
      if (!store) return forward(std::move(store));
      apart.emplace(std::move(*store));
    }
    return apart->write(project, file);
  };
  const Status kept = keep();
  error.remedy += kept ? fmt::format(
                             " The run is kept in '{}': make room, then bring it back with "
                             "'a2q recover \"{}\" --restore'.",
                             recoveryFolder().string(), file.path().string())
                       : " It could not be kept elsewhere either: " + kept.error().cause + ".";
  return tl::make_unexpected(std::move(error));
}

RunRecorder::RunRecorder(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
RunRecorder::~RunRecorder() {
  // What is queued refers to the file.
  projectLane().run([] {});
}

Result<std::unique_ptr<RunRecorder>> RunRecorder::begin(ProjectFile& file,
                                                        const Experiment& experiment,
                                                        const std::string& data_source) {
  auto impl = std::make_shared<Impl>(file, file.saved().runs.size());
  impl->project.runs.push_back(newRun(impl->project, experiment, data_source));
  if (auto saved = file.save(impl->project); !saved) return forward(std::move(saved));
  return std::unique_ptr<RunRecorder>(new RunRecorder(std::move(impl)));
}

Result<std::unique_ptr<RunRecorder>> RunRecorder::resume(ProjectFile& file, std::size_t index,
                                                         const Checkpoint& checkpoint) {
  auto impl = std::make_shared<Impl>(file, index);
  ProjectRun& run = impl->run();
  if (run.last_checkpoint) {
    auto stored = file.object(*run.last_checkpoint);
    if (!stored) return forward(std::move(stored));
    auto snapshots = historyOf(*stored);
    if (!snapshots) return forward(std::move(snapshots));
    impl->snapshots = std::move(*snapshots);
  }
  run.specification = writeExperiment(checkpoint.experiment);
  run.state = ProjectRunState::kTraining;
  run.state_cause.clear();
  run.epochs = checkpoint.epochs;
  run.record.reset();
  run.safe.reset();
  if (auto saved = file.save(impl->project); !saved) return forward(std::move(saved));
  return std::unique_ptr<RunRecorder>(new RunRecorder(std::move(impl)));
}

void RunRecorder::onEpoch(const EpochRecord& record) {
  const std::lock_guard lock(impl_->mutex);
  ProjectRun& run = impl_->run();
  run.metric = record.metric;
  run.epochs.push_back(record);
  run.seconds += record.seconds;
  impl_->snapshots.push_back({record.phase, record.epoch, impl_->latest});
}

void RunRecorder::onSnapshot(const std::vector<LayerSnapshot>& layers) {
  const std::lock_guard lock(impl_->mutex);
  impl_->latest = layers;
}

void RunRecorder::onCheckpoint(const Checkpoint& checkpoint, CheckpointKind kind) {
  const std::lock_guard lock(impl_->mutex);
  DataTree tree = checkpointTree(checkpoint, impl_->snapshots);
  impl_->run().seconds = checkpoint.seconds;
  impl_->put(std::move(tree), kind);
  if (std::exchange(impl_->queued, true)) return;
  projectLane().post([impl = impl_] { impl->writeWaiting(); });
}

const ProjectRun& RunRecorder::run() const { return impl_->run(); }

Status RunRecorder::finish(const RunRecord& record) {
  return projectLane().run([&]() -> Status {
    impl_->writeWaiting();
    const std::lock_guard lock(impl_->mutex);
    ProjectRun& run = impl_->run();
    run.state = runStateOf(record.state);
    run.state_cause = record.state_cause;
    run.data_source = record.data_source;
    run.backend = record.backend;
    run.metric = record.metric;
    run.seconds = record.seconds;
    run.epochs = record.epochs;
    run.specification = writeExperiment(record.experiment);
    if (!record.certificate.layers.empty()) run.safe = record.certificate.safe();
    run.record = impl_->file.keep(runTree({record, impl_->snapshots}));
    auto saved = impl_->file.save(impl_->project);
    if (!saved) return impl_->keepApart(std::move(saved).error());
    if (impl_->apart) impl_->apart->discard();
    impl_->apart.reset();
    return {};
  });
}

void RunRecorder::discardKept() {
  projectLane().run([&] {
    const std::lock_guard lock(impl_->mutex);
    if (impl_->apart) impl_->apart->discard();
    impl_->apart.reset();
  });
}

Status RunRecorder::abandon() {
  return projectLane().run([&]() -> Status {
    const std::lock_guard lock(impl_->mutex);
    auto& runs = impl_->project.runs;
    runs.erase(runs.begin() + static_cast<std::ptrdiff_t>(impl_->position));
    return impl_->file.save(impl_->project);
  });
}

}  // namespace a2q
