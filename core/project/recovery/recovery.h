// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/project/project_file.h"

namespace a2q {

/// $XDG_STATE_HOME/a2q/recovery, or ~/.local/state/a2q/recovery.
[[nodiscard]] std::filesystem::path recoveryFolder();

/// What a session that ended badly left behind.
struct RecoveryEntry {
  std::filesystem::path folder;
  std::filesystem::path project;  ///< whose state it is; empty: a project never saved
  std::string uuid;
  std::string written;   ///< UTC
  LockOwner writer;      ///< who wrote it; gone by now, nothing known where it is damaged
  bool project_changed;  ///< the project's file is not the one the session had saved last
};

/// Keeps the unsaved state of one open project apart from it: at each checkpoint and every two
/// minutes when something changed. The store is removed by discard() alone, on a clean close.
///
/// A training on the command line needs none: RunRecorder saves each checkpoint into the project
/// itself, and after a kill `a2q resume PROJECT` goes on from there.
class RecoveryStore {
 public:
  /// Makes the folder of this session and locks it. Errors: kWriteFailed.
  [[nodiscard]] static Result<RecoveryStore> open(const std::filesystem::path& project,
                                                  const std::string& uuid);
  RecoveryStore(RecoveryStore&&) noexcept;
  RecoveryStore& operator=(RecoveryStore&&) noexcept;
  ~RecoveryStore();

  /// Writes the project with those of its objects that `file` has not saved beside it; whole or
  /// not at all.
  [[nodiscard]] Status write(const Project& project, const ProjectFile& file);
  /// The file of a project that has no place of its own yet: what is saved into it is kept.
  [[nodiscard]] ProjectFile& state();
  /// The session ended well: what it kept is not needed any more.
  void discard();

 private:
  struct Impl;
  explicit RecoveryStore(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// What is left of sessions that are gone, of one project or (empty path) of all; newest first.
[[nodiscard]] std::vector<RecoveryEntry> findRecoveries(const std::filesystem::path& project);

/// The state that an entry holds; its objects come from the entry or from the project.
[[nodiscard]] Result<ProjectFile> openRecovery(const RecoveryEntry& entry);

/// Makes the project file what the entry holds, and then removes the entry. The present one is kept
/// as "<file>.before", or ".before-2" and so on where that is taken; its name, or nothing when
/// there was none, is returned. Errors: those of save(); kUsage for a project that was never saved.
[[nodiscard]] Result<std::filesystem::path> restoreRecovery(const RecoveryEntry& entry);

/// Removes an entry; only when a person asked for it. Errors: kLocked, kWriteFailed.
[[nodiscard]] Status discardRecovery(const RecoveryEntry& entry);

}  // namespace a2q
