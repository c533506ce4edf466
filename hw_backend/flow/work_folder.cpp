// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/flow/work_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <mutex>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace a2q {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "a2q-work-";

enum class Lock { kTaken, kHeld, kUnknown };

/// A folder, not what a link leads to; −1: there is none.
int openFolder(const fs::path& path) {
  return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

Lock lock(int folder) {
  if (::flock(folder, LOCK_EX | LOCK_NB) == 0) return Lock::kTaken;
  return errno == EWOULDBLOCK ? Lock::kHeld : Lock::kUnknown;
}

bool isThere(int folder) {
  struct stat found {};
  return ::fstat(folder, &found) == 0 && found.st_nlink > 0;
}

bool isMine(int folder) {
  struct stat found {};
  return ::fstat(folder, &found) == 0 && found.st_uid == ::geteuid();
}

/// The lock on a new folder. None: another process took it for a leftover, between its making and
/// its locking. Where folders cannot be locked it is not, and nobody removes it.
std::optional<int> lockNew(const fs::path& path) {
  const int folder = openFolder(path);
  if (folder >= 0 && lock(folder) != Lock::kHeld && isThere(folder)) return folder;
  if (folder >= 0) ::close(folder);
  return std::nullopt;
}

void removeIfLeft(const fs::path& path) {
  const int folder = openFolder(path);
  if (folder < 0) return;
  std::error_code ignored;
  if (isMine(folder) && lock(folder) == Lock::kTaken) fs::remove_all(path, ignored);
  ::close(folder);
}

}  // namespace

void removeLeftWorkFolders() {
  std::error_code failure;
  const fs::path parent = fs::temp_directory_path(failure);
  if (failure) return;
  std::vector<fs::path> found;
  for (fs::directory_iterator at(parent, failure), end; !failure && at != end;
       at.increment(failure)) {
    if (at->path().filename().string().starts_with(kPrefix)) found.push_back(at->path());
  }
  for (const fs::path& path : found) removeIfLeft(path);
}

Result<WorkFolder> WorkFolder::make() {
  constexpr int kTries = 100;
  static std::once_flag once;
  std::call_once(once, removeLeftWorkFolders);
  std::error_code failure;
  const fs::path parent = fs::temp_directory_path(failure);
  const auto refuse = [](const std::string& cause) {
    return fail(ErrorCode::kWriteFailed, "cannot make a working folder", cause);
  };
  if (failure) return refuse(failure.message());
  for (int i = 0; i < kTries; ++i) {
    std::string name = (parent / kPrefix).string() + "XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) return refuse(name + ": " + std::strerror(errno));
    if (const auto lock = lockNew(name)) return WorkFolder(name, *lock);
  }
  return refuse("others remove what is made in " + parent.string());
}

WorkFolder::WorkFolder(WorkFolder&& other) noexcept
    : path_(std::exchange(other.path_, fs::path())), lock_(std::exchange(other.lock_, -1)) {}

WorkFolder::~WorkFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
  if (lock_ >= 0) ::close(lock_);
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
