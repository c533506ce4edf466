// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "core/base/result.h"

namespace a2q {

/// A new folder below the system's temporary one, removed with this value.
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
  explicit WorkFolder(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

}  // namespace a2q
