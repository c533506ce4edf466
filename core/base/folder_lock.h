// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace a2q {

enum class FolderLockState {
  kHeld,         ///< by this lock
  kBusy,         ///< by another process
  kUnavailable,  ///< the folder cannot be opened; errno says why
};

/// A folder that no other process uses meanwhile: the lock goes with the descriptor, so that a
/// killed process leaves none behind.
class FolderLock {
 public:
  FolderLock() = default;
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock();

  /// Once in the life of a lock.
  [[nodiscard]] FolderLockState take(const std::filesystem::path& folder);

  /// Makes all that was written on the folder's disk last.
  void syncAll() const;
  /// Makes renames in the folder last.
  void sync() const;

 private:
  int descriptor_ = -1;
};

}  // namespace a2q
