// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/flow/work_folder.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <system_error>
#include <utility>

namespace a2q {

namespace fs = std::filesystem;

Result<WorkFolder> WorkFolder::make() {
  std::error_code failure;
  const fs::path parent = fs::temp_directory_path(failure);
  std::string name = (parent / "a2q-tool-XXXXXX").string();
  if (failure || ::mkdtemp(name.data()) == nullptr)
    return fail(ErrorCode::kWriteFailed, "cannot make a working folder",
                failure ? failure.message() : name + ": " + std::strerror(errno));
  return WorkFolder(name);
}

WorkFolder::WorkFolder(WorkFolder&& other) noexcept
    : path_(std::exchange(other.path_, fs::path())) {}

WorkFolder::~WorkFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

Status WorkFolder::write(const std::map<std::string, std::string>& files) const {
  for (const auto& [name, text] : files) {
    std::ofstream file(path_ / name, std::ios::binary);
    if (!(file << text).flush())
      return fail(ErrorCode::kWriteFailed, "cannot write " + (path_ / name).string());
  }
  return {};
}

}  // namespace a2q
