// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/project/live/live_run.h"
#include "core/project/project_file.h"
#include "core/project/recovery/recovery.h"
#include "core/project/run_recorder.h"
#include "core/project/stored/run_objects.h"

namespace a2q::workbench {

class ProjectSession;
using SessionPointer = std::shared_ptr<ProjectSession>;
using ProjectPointer = std::shared_ptr<const Project>;

/// A run that begins: who records it, how it is called, and where it goes on.
struct BegunRun {
  std::vector<TrainObserver*> observers;
  std::string uuid;
  std::string name;
  std::optional<Checkpoint> checkpoint;  ///< none: from the beginning
};

/// A run with what is stored of it: all of it once it has ended, else up to its last checkpoint; a
/// run without one is a checkpoint that knows its specification and epochs.
struct RunContents {
  ProjectRun run;
  std::variant<StoredRun, Checkpoint> stored;
  std::vector<EpochSnapshot> history;  ///< of a checkpoint
};

/// The project that a window has open: its file with the lock, the run that trains in it, and what
/// is kept of unsaved work. A project that was never saved lives in the recovery store.
///
/// What says "any thread" answers at once; the rest waits for files and belongs on the compute
/// lane.
class ProjectSession : public std::enable_shared_from_this<ProjectSession> {
 public:
  using Clock = std::chrono::steady_clock;

  /// A project that was never saved; nothing of it is on disk before its first run. Any thread.
  ProjectSession() = default;
  /// Errors: those of ProjectFile::open().
  [[nodiscard]] static Result<SessionPointer> open(const std::filesystem::path& path,
                                                   ProjectAccess access);

  /// Empty: never saved. Any thread.
  [[nodiscard]] std::filesystem::path path() const;
  [[nodiscard]] bool readOnly() const;
  /// What the file holds; null before there is one. Any thread.
  [[nodiscard]] ProjectPointer saved() const;
  /// When unsaved work was kept last; none when there is none to keep. Any thread.
  [[nodiscard]] std::optional<Clock::time_point> keptAt() const;
  /// Why it could not be kept, once. Any thread.
  [[nodiscard]] std::optional<Error> takeKeepError();
  /// The specification that is not yet saved; none when it is. Any thread.
  void setUnsaved(std::optional<Experiment> experiment);
  /// Keeps what is unsaved, after all that projectLane() has to do. Any thread.
  void keepLater();

  /// Adds a run: those who record it, and write it live for other processes, as in `a2q train`.
  [[nodiscard]] Result<BegunRun> beginRun(const Experiment& experiment,
                                          const std::string& data_source);
  /// The last checkpoint of a run; nothing changes yet. Errors: kReadFailed when it has none.
  [[nodiscard]] Result<Checkpoint> lastCheckpoint(const std::string& run_uuid);
  /// Goes on with a run from its checkpoint.
  [[nodiscard]] Result<BegunRun> resumeRun(const std::string& run_uuid, Checkpoint checkpoint);
  /// Writes how it ended; may be tried again after an error, and the next save() writes it too.
  [[nodiscard]] Status finishRun(const RunRecord& record);
  /// Whether a run ended and the project does not hold its end yet. Any thread.
  [[nodiscard]] bool holdsUnwrittenRun() const;
  /// Takes the run that began out of the project again, with all it recorded; one that was gone on
  /// with stays, as interrupted.
  void abandonRun();

  /// Reads a run. Errors: kPartMissing, those of ProjectFile::object(), storedRunOf(),
  /// checkpointOf() and parseExperiment().
  [[nodiscard]] Result<RunContents> readRun(const std::string& uuid);

  /// Saves with this specification, to another place when one is given, which is open from then on;
  /// a project that is saved already gets a new UUID there.
  [[nodiscard]] Status save(const Experiment& experiment, const std::filesystem::path& target);
  /// Forgets what is kept of unsaved work: a person said so, or there is none.
  void discard();

 private:
  [[nodiscard]] ProjectFile* file();
  [[nodiscard]] Result<std::size_t> indexOf(const std::string& run_uuid);
  [[nodiscard]] BegunRun record(std::unique_ptr<RunRecorder> recorder,
                                const Experiment& experiment);
  [[nodiscard]] Status keep();
  [[nodiscard]] Project known();
  void forgetRecorder();
  [[nodiscard]] Status moveTo(const Experiment& experiment, const std::filesystem::path& target);
  void publish();
  void removeStore();

  // Only on projectLane().
  std::optional<ProjectFile> file_;
  std::optional<RecoveryStore> store_;
  std::unique_ptr<RunRecorder> recorder_;  ///< after the files: it writes into them
  std::unique_ptr<LiveRunWriter> live_;
  bool resumed_ = false;

  mutable std::mutex mutex_;  ///< guards what follows
  std::filesystem::path path_;
  bool read_only_ = false;
  bool unwritten_run_ = false;
  ProjectPointer saved_;
  std::optional<Experiment> unsaved_;
  std::optional<Clock::time_point> kept_at_;
  std::optional<Error> keep_error_;
};

}  // namespace a2q::workbench
