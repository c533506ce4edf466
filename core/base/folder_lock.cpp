// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace a2q {

FolderLock::~FolderLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

FolderLockState FolderLock::take(const std::filesystem::path& folder) {
  descriptor_ = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor_ < 0) return FolderLockState::kUnavailable;
  const bool held = ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0;
  return held ? FolderLockState::kHeld : FolderLockState::kBusy;
}

void FolderLock::syncAll() const { (void)::syncfs(descriptor_); }

void FolderLock::sync() const { (void)::fsync(descriptor_); }

}  // namespace a2q
