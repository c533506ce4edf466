// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/project/project_session.h"

#include <algorithm>
#include <utility>

#include "core/base/identity.h"
#include "core/project/project_lane.h"
#include "core/project/stored/run_objects.h"

namespace a2q::workbench {

namespace fs = std::filesystem;

namespace {

/// What is known of a run that has no checkpoint yet.
Result<Checkpoint> withoutCheckpoint(const ProjectRun& run) {
  auto experiment = parseExperiment(run.specification, run.name);
  if (!experiment) return forward(std::move(experiment));
  Checkpoint known;
  known.experiment = std::move(*experiment);
  known.seconds = run.seconds;
  known.epochs = run.epochs;
  return known;
}

Result<RunContents> contentsOf(const ProjectFile& file, const ProjectRun& run) {
  const auto& ref = run.record ? run.record : run.last_checkpoint;
  if (!ref) {
    auto known = withoutCheckpoint(run);
    if (!known) return forward(std::move(known));
    return RunContents{run, std::move(*known), {}};
  }
  const auto tree = file.object(*ref);
  if (!tree) return tl::make_unexpected(tree.error());
  if (run.record) {
    auto stored = storedRunOf(*tree);
    if (!stored) return forward(std::move(stored));
    return RunContents{run, std::move(*stored), {}};
  }
  auto checkpoint = checkpointOf(*tree);
  if (!checkpoint) return forward(std::move(checkpoint));
  auto history = historyOf(*tree);
  if (!history) return forward(std::move(history));
  return RunContents{run, std::move(*checkpoint), std::move(*history)};
}

}  // namespace

Result<SessionPointer> ProjectSession::open(const fs::path& path, ProjectAccess access) {
  auto file = ProjectFile::open(path, access);
  if (!file) return forward(std::move(file));
  auto session = std::make_shared<ProjectSession>();
  session->read_only_ = access == ProjectAccess::kReadOnly;
  session->file_ = std::move(*file);
  session->publish();
  return session;
}

fs::path ProjectSession::path() const {
  const std::lock_guard lock(mutex_);
  return path_;
}

bool ProjectSession::readOnly() const {
  const std::lock_guard lock(mutex_);
  return read_only_;
}

ProjectPointer ProjectSession::saved() const {
  const std::lock_guard lock(mutex_);
  return saved_;
}

bool ProjectSession::holdsUnwrittenRun() const {
  const std::lock_guard lock(mutex_);
  return unwritten_run_;
}

std::optional<ProjectSession::Clock::time_point> ProjectSession::keptAt() const {
  const std::lock_guard lock(mutex_);
  return kept_at_;
}

std::optional<Error> ProjectSession::takeKeepError() {
  const std::lock_guard lock(mutex_);
  return std::exchange(keep_error_, std::nullopt);
}

void ProjectSession::setUnsaved(std::optional<Experiment> experiment) {
  const std::lock_guard lock(mutex_);
  unsaved_ = std::move(experiment);
}

void ProjectSession::keepLater() {
  projectLane().post([self = shared_from_this()] {
    auto kept = self->keep();
    const std::lock_guard lock(self->mutex_);
    if (!kept) self->keep_error_ = std::move(kept.error());
  });
}

ProjectFile* ProjectSession::file() {
  if (file_) return &*file_;
  return store_ ? &store_->state() : nullptr;
}

void ProjectSession::publish() {
  const ProjectFile* const open = file();
  if (open == nullptr) return;
  auto project = std::make_shared<const Project>(open->saved());
  const std::lock_guard lock(mutex_);
  saved_ = std::move(project);
  if (file_) path_ = file_->path();
}

/// What the file holds, and of a run whose end could not be written what its recorder knows.
Project ProjectSession::known() {
  Project project = file()->saved();
  if (recorder_ == nullptr) return project;
  for (ProjectRun& run : project.runs) {
    if (run.uuid == recorder_->run().uuid) run = recorder_->run();
  }
  return project;
}

void ProjectSession::forgetRecorder() {
  recorder_.reset();
  const std::lock_guard lock(mutex_);
  unwritten_run_ = false;
}

Status ProjectSession::keep() {
  if (file() == nullptr) return {};
  std::optional<Experiment> unsaved;
  {
    const std::lock_guard lock(mutex_);
    if (read_only_) return {};
    unsaved = unsaved_;
  }
  Project project = file()->saved();
  if (unsaved) setExperiment(project, *unsaved);
  if (!file_) {
    // Its only file is the store's own, where a recorder saves by itself.
    if (recorder_ == nullptr) {
      if (auto done = store_->state().save(std::move(project)); !done) return done;
    }
  } else if (unsaved) {
    if (!store_) {
      auto store = RecoveryStore::open(file_->path(), project.uuid);
      if (!store) return forward(std::move(store));
      store_ = std::move(*store);
    }
    if (auto done = store_->write(project, *file_); !done) return done;
  }
  publish();
  if (!store_) return {};
  const std::lock_guard lock(mutex_);
  kept_at_ = Clock::now();
  return {};
}

Result<BegunRun> ProjectSession::beginRun(const Experiment& experiment,
                                          const std::string& data_source) {
  return projectLane().run([&]() -> Result<BegunRun> {
    forgetRecorder();
    if (!file_) {
      Project project = store_ ? store_->state().saved() : newProject(experiment);
      setExperiment(project, experiment);
      if (!store_) {
        auto store = RecoveryStore::open({}, project.uuid);
        if (!store) return forward(std::move(store));
        store_ = std::move(*store);
      }
      if (auto done = store_->state().save(project); !done) return forward(std::move(done));
    }
    auto recorder = RunRecorder::begin(*file(), experiment, data_source);
    if (!recorder) return forward(std::move(recorder));
    resumed_ = false;
    return record(std::move(*recorder), experiment);
  });
}

BegunRun ProjectSession::record(std::unique_ptr<RunRecorder> recorder,
                                const Experiment& experiment) {
  recorder_ = std::move(recorder);
  publish();
  const ProjectRun& run = recorder_->run();
  BegunRun begun{{recorder_.get()}, run.uuid, run.name, {}};
  if (file_) {
    live_ = std::make_unique<LiveRunWriter>(file_->path(), run.uuid, run.name, experiment);
    begun.observers.push_back(live_.get());
  }
  return begun;
}

Result<std::size_t> ProjectSession::indexOf(const std::string& run_uuid) {
  if (file() != nullptr) {
    const auto& runs = file()->saved().runs;
    const auto found =
        std::ranges::find_if(runs, [&](const ProjectRun& run) { return run.uuid == run_uuid; });
    if (found != runs.end()) return static_cast<std::size_t>(found - runs.begin());
  }
  return fail(ErrorCode::kUsage, "the run is no longer in the project", run_uuid,
              "Choose another one in the list of runs.");
}

Result<Checkpoint> ProjectSession::lastCheckpoint(const std::string& run_uuid) {
  return projectLane().run([&]() -> Result<Checkpoint> {
    const auto index = indexOf(run_uuid);
    if (!index) return tl::make_unexpected(index.error());
    const ProjectRun& run = file()->saved().runs[*index];
    if (!run.last_checkpoint) {
      return fail(ErrorCode::kReadFailed, run.name + " holds no checkpoint",
                  "one is written after the first epoch, after five minutes, and at a stop",
                  "Start another run.");
    }
    const auto tree = file()->object(*run.last_checkpoint);
    if (!tree) return tl::make_unexpected(tree.error());
    return checkpointOf(*tree);
  });
}

Result<BegunRun> ProjectSession::resumeRun(const std::string& run_uuid, Checkpoint checkpoint) {
  return projectLane().run([&]() -> Result<BegunRun> {
    const auto index = indexOf(run_uuid);
    if (!index) return tl::make_unexpected(index.error());
    forgetRecorder();
    auto recorder = RunRecorder::resume(*file(), *index, checkpoint);
    if (!recorder) return forward(std::move(recorder));
    resumed_ = true;
    BegunRun begun = record(std::move(*recorder), checkpoint.experiment);
    begun.checkpoint = std::move(checkpoint);
    return begun;
  });
}

Status ProjectSession::finishRun(const RunRecord& record) {
  return projectLane().run([&]() -> Status {
    live_.reset();
    if (recorder_ == nullptr) return {};
    if (auto done = recorder_->finish(record); !done) {
      const std::lock_guard lock(mutex_);
      unwritten_run_ = true;
      return done;
    }
    forgetRecorder();
    return keep();
  });
}

void ProjectSession::abandonRun() {
  projectLane().run([&] {
    live_.reset();
    if (recorder_ != nullptr && !resumed_) (void)recorder_->abandon();
    forgetRecorder();
    publish();
  });
}

Status ProjectSession::save(const Experiment& experiment, const fs::path& target) {
  return projectLane().run([&]() -> Status {
    if (!file_ || (!target.empty() && target != file_->path())) {
      if (auto done = moveTo(experiment, target); !done) return done;
    } else {
      Project project = known();
      setExperiment(project, experiment);
      if (auto done = file_->save(std::move(project)); !done) return done;
    }
    removeStore();
    publish();
    return {};
  });
}

Status ProjectSession::moveTo(const Experiment& experiment, const fs::path& target) {
  auto moved = ProjectFile::create(target, ProjectFile::Existing::kReplace);
  if (!moved) return forward(std::move(moved));
  Project project = file() == nullptr ? newProject(experiment) : known();
  if (file_) project.uuid = newUuid();
  setExperiment(project, experiment);
  for (const ObjectRef& ref : objectsOf(project)) {
    auto tree = file()->object(ref);
    if (!tree) return forward(std::move(tree));
    (void)moved->keep(std::move(*tree));
  }
  if (auto done = moved->save(std::move(project)); !done) return done;
  file_ = std::move(*moved);
  const std::lock_guard lock(mutex_);
  read_only_ = false;
  return {};
}

void ProjectSession::removeStore() {
  if (recorder_ != nullptr) recorder_->discardKept();
  forgetRecorder();
  if (store_) store_->discard();
  store_.reset();
  const std::lock_guard lock(mutex_);
  kept_at_.reset();
  keep_error_.reset();
}

void ProjectSession::discard() {
  projectLane().run([&] {
    removeStore();
    const std::lock_guard lock(mutex_);
    if (!file_) saved_.reset();
  });
}

Result<RunContents> ProjectSession::readRun(const std::string& uuid) {
  return projectLane().run([&]() -> Result<RunContents> {
    const ProjectFile* const open = file();
    if (open != nullptr) {
      for (const ProjectRun& run : open->saved().runs) {
        if (run.uuid == uuid) return contentsOf(*open, run);
      }
    }
    return fail(ErrorCode::kPartMissing, "the project has no such run", uuid);
  });
}

}  // namespace a2q::workbench
