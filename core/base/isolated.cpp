// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/isolated.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

namespace a2q {
namespace {

using Clock = std::chrono::steady_clock;

/// Exit status of a child whose work threw, for example for want of memory.
constexpr int kThrew = 71;

/// Bytes of address space this process has; 0 when nobody knows.
std::uint64_t addressSpace() {
  std::ifstream file("/proc/self/statm");
  std::uint64_t pages = 0;
  file >> pages;
  return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

void tellAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(descriptor, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) ::_exit(kThrew);
    text.remove_prefix(static_cast<std::size_t>(count));
  }
}

void setLimits(const IsolationLimits& limits) {
  if (const std::uint64_t now = addressSpace(); now > 0) {
    const rlimit memory{now + limits.bytes, now + limits.bytes};
    ::setrlimit(RLIMIT_AS, &memory);
  }
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  for (const int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGINT, SIGTERM}) {
    ::signal(signal, SIG_DFL);
  }
}

[[noreturn]] void runChild(
    int descriptor, const IsolationLimits& limits,
    const std::function<void(const std::function<void(std::string_view)>&)>& work) {
  setLimits(limits);
  try {
    work([descriptor](std::string_view text) { tellAll(descriptor, text); });
  } catch (...) {
    ::_exit(kThrew);
  }
  ::_exit(EXIT_SUCCESS);
}

/// Reads until the child closes its end; false when the time is over.
bool gather(int descriptor, Clock::time_point end, std::string& text) {
  std::array<char, 65536> block{};
  for (;;) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) return false;
    pollfd ready{descriptor, POLLIN, 0};
    if (::poll(&ready, 1, static_cast<int>(left)) <= 0) continue;
    const ssize_t count = ::read(descriptor, block.data(), block.size());
    if (count == 0) return true;
    if (count > 0) text.append(block.data(), static_cast<std::size_t>(count));
    if (count < 0 && errno != EINTR) return true;
  }
}

std::string failureOf(int status, bool in_time, const IsolationLimits& limits) {
  if (!in_time) return fmt::format("it took longer than {} s", limits.time.count());
  if (WIFSIGNALED(status)) {
    return fmt::format("it crashed ({})", ::strsignal(WTERMSIG(status)));
  }
  if (WEXITSTATUS(status) == EXIT_SUCCESS) return {};
  return fmt::format("it needed more than {} MiB of memory", limits.bytes >> 20);
}

}  // namespace

Result<IsolatedOutput> runIsolated(
    const std::function<void(const std::function<void(std::string_view)>&)>& work,
    const IsolationLimits& limits) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    return fail(ErrorCode::kInternal, "cannot start a child process", std::strerror(errno));
  }
  const pid_t child = ::fork();
  if (child < 0) {
    const std::string why = std::strerror(errno);
    ::close(ends[0]);
    ::close(ends[1]);
    return fail(ErrorCode::kInternal, "cannot start a child process", why);
  }
  if (child == 0) {
    ::close(ends[0]);
    runChild(ends[1], limits, work);
  }
  ::close(ends[1]);
  IsolatedOutput out;
  const bool in_time = gather(ends[0], Clock::now() + limits.time, out.text);
  ::close(ends[0]);
  if (!in_time) ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  out.failure = failureOf(status, in_time, limits);
  return out;
}

}  // namespace a2q
