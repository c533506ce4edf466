// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "core/base/atomic_file.h"
#include "core/base/identity.h"
#include "core/project/project_file.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr mode_t kMode = 0644;

/// The whole file, for this open file alone (not for the process, as older locks are).
struct flock wholeFile() {
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  return lock;
}

std::string hostName() {
  char name[256] = {};
  return ::gethostname(name, sizeof name - 1) == 0 ? std::string(name) : std::string("unknown");
}

std::string userName() {
  const passwd* const entry = ::getpwuid(::geteuid());
  return entry != nullptr ? std::string(entry->pw_name) : std::to_string(::geteuid());
}

/// "a2q train": the program and its first word.
std::string programName() {
  std::ifstream file("/proc/self/cmdline", std::ios::binary);
  const std::string words{std::istreambuf_iterator<char>(file), {}};
  const std::size_t first = words.find('\0');
  std::string name = fs::path(words.substr(0, first)).filename().string();
  if (first == std::string::npos) return name;
  const std::string next = words.substr(first + 1, words.find('\0', first + 1) - first - 1);
  return next.empty() || next.starts_with('-') ? name : name + " " + next;
}

std::string ownerText() {
  const json owner{{"process", ::getpid()},
                   {"host", hostName()},
                   {"user", userName()},
                   {"program", programName()},
                   {"since", utcNow()}};
  return owner.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

std::optional<LockOwner> ownerIn(const fs::path& lock) {
  constexpr std::size_t kLongest = 1 << 16;
  const auto text = readFile(lock, kLongest);
  if (!text) return std::nullopt;
  const json owner = json::parse(*text, nullptr, false);
  if (!owner.is_object()) return LockOwner{};
  const auto word = [&](const char* key) {
    const auto found = owner.find(key);
    return found != owner.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  const auto process = owner.find("process");
  const bool number = process != owner.end() && process->is_number_integer();
  return LockOwner{number ? process->get<std::int64_t>() : 0, word("host"), word("user"),
                   word("program"), word("since")};
}

/// Whether the file behind a descriptor still has the name: its last owner may have removed it.
bool isStillThere(int descriptor, const fs::path& path) {
  struct stat open {};
  struct stat named {};
  return ::fstat(descriptor, &open) == 0 && ::stat(path.c_str(), &named) == 0 &&
         open.st_ino == named.st_ino && open.st_dev == named.st_dev;
}

bool writeOwner(int descriptor) {
  const std::string text = ownerText();
  return ::ftruncate(descriptor, 0) == 0 &&
         ::pwrite(descriptor, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
}

tl::unexpected<Error> notWritable(const fs::path& project, int reason) {
  return fail(ErrorCode::kReadOnly, fmt::format("cannot open '{}' for writing", project.string()),
              fmt::format("its folder: {}", std::strerror(reason)),
              "Make the folder writable, free some space, or work on a copy elsewhere.");
}

}  // namespace

std::string LockOwner::text() const {
  return fmt::format("{}, process {} of {} on {}, since {}", program.empty() ? "a2q" : program,
                     process, user, host, since);
}

fs::path lockPathOf(const fs::path& project) { return project.string() + ".lock"; }

std::optional<LockOwner> projectOwner(const fs::path& path) {
  std::error_code ignored;
  const fs::path lock = lockPathOf(fs::weakly_canonical(path, ignored));
  const int descriptor = ::open(lock.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return std::nullopt;
  struct flock question = wholeFile();
  const bool held = ::fcntl(descriptor, F_OFD_GETLK, &question) == 0 && question.l_type != F_UNLCK;
  ::close(descriptor);
  return held ? ownerIn(lock) : std::nullopt;
}

Result<ProjectLock> ProjectLock::take(const fs::path& project) {
  const fs::path path = lockPathOf(project);
  for (;;) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, kMode);
    if (descriptor < 0) return notWritable(project, errno);
    struct flock wish = wholeFile();
    if (::fcntl(descriptor, F_OFD_SETLK, &wish) != 0) {
      ::close(descriptor);
      const auto owner = projectOwner(project);
      return fail(ErrorCode::kLocked, fmt::format("'{}' is open elsewhere", project.string()),
                  owner ? owner->text() : std::string("another process holds its lock"),
                  "Wait until it ends, or work on a copy; reading is always possible.");
    }
    ProjectLock lock(path, descriptor);
    if (!isStillThere(descriptor, path)) continue;
    if (!writeOwner(descriptor)) return notWritable(project, errno);
    return lock;
  }
}

ProjectLock::ProjectLock(ProjectLock&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

ProjectLock& ProjectLock::operator=(ProjectLock&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

ProjectLock::~ProjectLock() {
  if (descriptor_ < 0) return;
  if (isStillThere(descriptor_, path_)) ::unlink(path_.c_str());
  ::close(descriptor_);
}

}  // namespace a2q
