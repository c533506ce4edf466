// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/child_output.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <thread>
#include <utility>

namespace a2q {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

bool mayRun(const fs::path& file) {
  std::error_code ignored;
  return fs::is_regular_file(file, ignored) && ::access(file.c_str(), X_OK) == 0;
}

/// Starts the program, in a process group of its own, with nothing to read and both outputs into
/// `out`; −1: it could not be started.
pid_t start(const fs::path& program, const std::vector<std::string>& words, int out) {
  std::string name = program.string();
  std::vector<std::string> copies = words;
  std::vector<char*> argv = {name.data()};
  for (std::string& word : copies) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&files, out, STDERR_FILENO);
  posix_spawnattr_t settings;
  posix_spawnattr_init(&settings);
  posix_spawnattr_setflags(&settings, POSIX_SPAWN_SETPGROUP);
  posix_spawnattr_setpgroup(&settings, 0);
  pid_t child = -1;
  if (::posix_spawn(&child, name.c_str(), &files, &settings, argv.data(), environ) != 0) child = -1;
  posix_spawnattr_destroy(&settings);
  posix_spawn_file_actions_destroy(&files);
  return child;
}

/// Reads to the end; false: the time was up before.
bool readAll(int from, Clock::time_point deadline, std::string& text) {
  constexpr std::size_t kMost = 1 << 16;
  std::array<char, 4096> buffer{};
  while (true) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return false;
    pollfd place{from, POLLIN, 0};
    const int ready = ::poll(&place, 1, static_cast<int>(left));
    if (ready < 0 && errno != EINTR) return false;
    if (ready <= 0) continue;
    const ssize_t count = ::read(from, buffer.data(), buffer.size());
    if (count == 0) return true;
    if (count < 0 && errno != EINTR) return false;
    if (count > 0 && text.size() < kMost)
      text.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

/// Waits for the end of a child, which is killed with its group when the time is up; whether it
/// ended by itself with code 0.
bool endsWell(pid_t child, Clock::time_point deadline) {
  constexpr std::chrono::milliseconds kPause{5};
  int status = 0;
  while (true) {
    const pid_t ended = ::waitpid(child, &status, WNOHANG);
    if (ended == child) return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (ended < 0 && errno != EINTR) return false;
    if (Clock::now() >= deadline) break;
    std::this_thread::sleep_for(kPause);
  }
  ::kill(-child, SIGKILL);
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return false;
}

}  // namespace

std::optional<fs::path> findProgram(std::string_view name) {
  const char* const value = std::getenv("PATH");
  std::string_view folders = value == nullptr ? std::string_view() : value;
  while (!folders.empty()) {
    const std::size_t end = std::min(folders.find(':'), folders.size());
    const fs::path file = fs::path(folders.substr(0, end)) / name;
    if (file.is_absolute() && mayRun(file)) return file;
    folders.remove_prefix(std::min(end + 1, folders.size()));
  }
  return std::nullopt;
}

std::optional<std::string> outputOf(const fs::path& program, const std::vector<std::string>& words,
                                    std::chrono::milliseconds limit) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
  const pid_t child = start(program, words, ends[1]);
  ::close(ends[1]);
  const Clock::time_point deadline = Clock::now() + limit;
  std::string text;
  const bool told = child > 0 && readAll(ends[0], deadline, text);
  ::close(ends[0]);
  const bool well = child > 0 && endsWell(child, told ? deadline : Clock::time_point());
  return well && told ? std::optional(std::move(text)) : std::nullopt;
}

}  // namespace a2q
