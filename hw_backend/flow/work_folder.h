// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "core/base/result.h"

namespace a2q {

/// A new folder below the system's temporary one, removed with this value. It is locked as long as
/// its process lives, so that what a killed process left is known and removed by the next one.
class WorkFolder {
 public:
  /// Errors: kWriteFailed.
  [[nodiscard]] static Result<WorkFolder> make();
  WorkFolder(WorkFolder&& other) noexcept;
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  WorkFolder& operator=(WorkFolder&&) = delete;
  ~WorkFolder();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Writes files, name → content; names are plain. Errors: kWriteFailed.
  [[nodiscard]] Status write(const std::map<std::string, std::string>& files) const;

 private:
  WorkFolder(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}
  std::filesystem::path path_;
  int lock_ = -1;  ///< the open folder, with a lock on it
};

/// Removes the work folders of this user whose processes are dead. The first make() of a process
/// does it.
void removeLeftWorkFolders();

}  // namespace a2q
