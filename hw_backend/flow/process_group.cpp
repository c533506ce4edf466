// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/flow/process_group.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <thread>
#include <utility>

namespace a2q {
namespace {

// Between fork() and exec() only functions that are safe in signal handlers may be called, since
// other threads may hold locks: everything else is prepared before.

constexpr int kParentDied = SIGUSR1;
constexpr int kNotStarted = 127;

struct Prepared {
  std::vector<char*> words;
  std::string folder;
  int output = -1;
  pid_t parent = -1;
};

void killGroup(int /*signal*/) { ::kill(0, SIGKILL); }

/// The program itself, in the keeper's group; with default signals, and none blocked.
[[noreturn]] void becomeProgram(const Prepared& what) {
  for (const int number : {SIGTERM, SIGINT, SIGHUP, SIGPIPE, kParentDied})
    ::signal(number, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  const int nothing = ::open("/dev/null", O_RDONLY);
  if (nothing < 0 || ::dup2(nothing, STDIN_FILENO) < 0 || ::dup2(what.output, STDOUT_FILENO) < 0 ||
      ::dup2(what.output, STDERR_FILENO) < 0 ||
      (!what.folder.empty() && ::chdir(what.folder.c_str()) != 0)) {
    ::_exit(kNotStarted);
  }
  ::execv(what.words.front(), what.words.data());
  ::_exit(kNotStarted);
}

/// Ends as the program ends: with its code, or by its signal.
[[noreturn]] void endAs(int status) {
  if (WIFSIGNALED(status)) {
    ::signal(WTERMSIG(status), SIG_DFL);
    ::kill(::getpid(), WTERMSIG(status));
  }
  ::_exit(WIFEXITED(status) ? WEXITSTATUS(status) : kNotStarted);
}

[[noreturn]] void becomeKeeper(const Prepared& what) {
  ::setpgid(0, 0);
  ::signal(kParentDied, killGroup);
  // It lives until the program has ended.
  for (const int number : {SIGTERM, SIGINT, SIGHUP}) ::signal(number, SIG_IGN);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::prctl(PR_SET_PDEATHSIG, kParentDied);
  if (::getppid() != what.parent) ::_exit(kNotStarted);  // it died before that was set
  const pid_t program = ::fork();
  if (program < 0) ::_exit(kNotStarted);
  if (program == 0) becomeProgram(what);
  ::close(what.output);
  int status = 0;
  while (::waitpid(program, &status, 0) < 0 && errno == EINTR) {
  }
  endAs(status);
}

}  // namespace

Result<ProcessGroup> ProcessGroup::start(const std::filesystem::path& program,
                                         const std::vector<std::string>& words,
                                         const std::filesystem::path& folder) {
  const auto refuse = [&](int cause) {
    return fail(ErrorCode::kToolFailed, "cannot start " + program.string(), std::strerror(cause));
  };
  if (::access(program.c_str(), X_OK) != 0) return refuse(errno);
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return refuse(errno);
  std::string name = program.string();
  std::vector<std::string> copies = words;
  Prepared what{{name.data()}, folder.string(), ends[1], ::getpid()};
  for (std::string& word : copies) what.words.push_back(word.data());
  what.words.push_back(nullptr);
  const pid_t keeper = ::fork();
  if (keeper == 0) becomeKeeper(what);
  const int cause = errno;
  ::close(ends[1]);
  if (keeper < 0) {
    ::close(ends[0]);
    return refuse(cause);
  }
  ::setpgid(keeper, keeper);  // as the keeper does itself: whoever comes first
  ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
  return ProcessGroup(keeper, ends[0]);
}

ProcessGroup::ProcessGroup(ProcessGroup&& other) noexcept
    : keeper_(std::exchange(other.keeper_, -1)), output_(std::exchange(other.output_, -1)) {}

ProcessGroup::~ProcessGroup() {
  if (keeper_ > 0) {
    signal(SIGKILL);
    reap();
  }
  if (output_ >= 0) ::close(output_);
}

void ProcessGroup::signal(int number) const { ::kill(-keeper_, number); }

bool ProcessGroup::ended() const {
  siginfo_t info{};
  // Not reaped yet, so that the group's number stays taken.
  return ::waitid(P_PID, static_cast<id_t>(keeper_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         info.si_pid == keeper_;
}

bool ProcessGroup::read(std::chrono::milliseconds wait,
                        const std::function<void(std::string_view)>& take) const {
  std::array<char, 4096> buffer{};
  pollfd place{output_, POLLIN, 0};
  if (::poll(&place, 1, static_cast<int>(wait.count())) <= 0) return false;
  const ssize_t count = ::read(output_, buffer.data(), buffer.size());
  if (count > 0) take({buffer.data(), static_cast<std::size_t>(count)});
  // Closed, and the program still runs: do not spin.
  if (count == 0) std::this_thread::sleep_for(wait);
  return count > 0;
}

int ProcessGroup::reap() {
  signal(SIGKILL);
  int status = 0;
  while (::waitpid(keeper_, &status, 0) < 0 && errno == EINTR) {
  }
  keeper_ = -1;
  return status;
}

}  // namespace a2q
