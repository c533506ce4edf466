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

}  // namespace

Status writeFileAtomically(const fs::path& path, std::span<const std::byte> bytes) {
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  std::string temporary = path.string() + ".XXXXXX";
  Descriptor file(::mkstemp(temporary.data()));
  const auto failed = [&](const std::string& why) -> Status {
    if (file.valid()) file.close();
    ::unlink(temporary.c_str());
    return fail(ErrorCode::kWriteFailed, "cannot write '" + path.string() + "'", why);
  };
  if (!file.valid()) {
    return fail(ErrorCode::kWriteFailed, "cannot write '" + path.string() + "'", reason());
  }
  if (!writeAll(file.get(), bytes)) return failed(reason());
  if (::fchmod(file.get(), 0644) != 0 || ::fsync(file.get()) != 0) return failed(reason());
  if (file.close() != 0) return failed(reason());
  if (::rename(temporary.c_str(), path.c_str()) != 0) return failed(reason());
  Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY));
  if (directory.valid()) ::fsync(directory.get());
  return {};
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

}  // namespace a2q
