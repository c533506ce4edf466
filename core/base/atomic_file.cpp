// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <system_error>
#include <utility>

namespace a2q {
namespace {

namespace fs = std::filesystem;

std::string reason() { return std::strerror(errno); }

/// Closes a descriptor at the end of its scope unless it was closed before.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool valid() const { return fd_ >= 0; }
  int close() {
    const int fd = std::exchange(fd_, -1);
    return fd < 0 ? 0 : ::close(fd);
  }

 private:
  int fd_;
};

bool writeAll(int fd, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return false;
    }
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

constexpr mode_t kUsualMode = 0644;

tl::unexpected<Error> notWritten(const fs::path& path, const std::string& why) {
  return fail(ErrorCode::kWriteFailed, "cannot write '" + path.string() + "'", why);
}

/// Writes and makes lasting; the reason when it fails, else empty.
std::string fill(Descriptor& file, std::span<const std::byte> bytes, mode_t mode) {
  const bool written = writeAll(file.get(), bytes) && ::fchmod(file.get(), mode) == 0 &&
                       ::fsync(file.get()) == 0 && file.close() == 0;
  return written ? std::string() : reason();
}

/// Puts the temporary file in the other's place, or removes it.
Status putInPlace(const fs::path& temporary, const fs::path& path) {
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    const std::string why = reason();
    ::unlink(temporary.c_str());
    return notWritten(path, why);
  }
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY));
  if (directory.valid()) ::fsync(directory.get());
  return {};
}

mode_t modeOf(const fs::path& path) {
  struct stat old {};
  constexpr mode_t kPermissions = 0777;
  return ::stat(path.c_str(), &old) == 0 ? old.st_mode & kPermissions : kUsualMode;
}

}  // namespace

Status writeFileAtomically(const fs::path& path, std::span<const std::byte> bytes) {
  std::string temporary = path.string() + ".XXXXXX";
  Descriptor file(::mkstemp(temporary.data()));
  if (!file.valid()) return notWritten(path, reason());
  if (const std::string why = fill(file, bytes, kUsualMode); !why.empty()) {
    ::unlink(temporary.c_str());
    return notWritten(path, why);
  }
  return putInPlace(temporary, path);
}

Status writeFileChecked(const fs::path& path, std::span<const std::byte> bytes,
                        const CheckedWrite& how) {
  ::unlink(how.temporary.c_str());
  constexpr int kFlags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
  Descriptor file(::open(how.temporary.c_str(), kFlags, kUsualMode));
  if (!file.valid()) return notWritten(path, reason());
  if (const std::string why = fill(file, bytes, modeOf(path)); !why.empty()) {
    ::unlink(how.temporary.c_str());
    return notWritten(path, why);
  }
  if (auto sound = how.check(how.temporary); !sound) {
    ::unlink(how.temporary.c_str());
    return sound;
  }
  return putInPlace(how.temporary, path);
}

Status writeFileAtomically(const fs::path& path, std::string_view text) {
  return writeFileAtomically(path, std::as_bytes(std::span(text.data(), text.size())));
}

Result<std::string> readFile(const fs::path& path, std::size_t limit) {
  std::error_code problem;
  if (fs::is_directory(path, problem)) {
    return fail(ErrorCode::kReadFailed, "cannot read '" + path.string() + "'", "it is a folder");
  }
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail(ErrorCode::kReadFailed, "cannot read '" + path.string() + "'", reason());
  std::string text;
  char block[1 << 16];
  while (in.read(block, sizeof block) || in.gcount() > 0) {
    text.append(block, static_cast<std::size_t>(in.gcount()));
    if (text.size() > limit) {
      return fail(ErrorCode::kReadFailed, "cannot read '" + path.string() + "'",
                  "it is larger than " + std::to_string(limit) + " bytes");
    }
  }
  if (in.bad())
    return fail(ErrorCode::kReadFailed, "cannot read '" + path.string() + "'", reason());
  return text;
}

Result<std::string> readRegularFile(const fs::path& path) {
  std::error_code ignored;
  if (fs::exists(path, ignored) && !fs::is_regular_file(path, ignored)) {
    return fail(ErrorCode::kReadFailed, "cannot read '" + path.string() + "'",
                "it is no regular file", "Remove it, or put a file in its place.");
  }
  return readFile(path);
}

}  // namespace a2q
