// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/base/result.h"

namespace a2q {

/// The right to write a project: a lock on "<project>.lock", a file that names its owner. It goes
/// with the process, so that a killed one leaves a file but no lock behind.
class ProjectLock {
 public:
  /// Errors: kLocked with the owner; kReadOnly when the folder cannot be written to.
  [[nodiscard]] static Result<ProjectLock> take(const std::filesystem::path& project);

  ProjectLock(ProjectLock&& other) noexcept;
  ProjectLock& operator=(ProjectLock&& other) noexcept;
  ~ProjectLock();

 private:
  ProjectLock(std::filesystem::path path, int descriptor)
      : path_(std::move(path)), descriptor_(descriptor) {}

  std::filesystem::path path_;
  int descriptor_ = -1;
};

}  // namespace a2q
