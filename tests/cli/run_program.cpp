// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/run_program.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace a2q::testing {
namespace {

std::array<int, 2> makePipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
  return ends;
}

std::vector<char*> pointersTo(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::vector<std::string> environmentWith(const std::vector<std::string>& additions) {
  std::vector<std::string> all = additions;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const std::string key = text.substr(0, text.find('=') + 1);
    const bool replaced = std::any_of(additions.begin(), additions.end(),
                                      [&key](const auto& own) { return own.starts_with(key); });
    if (!replaced) all.push_back(text);
  }
  return all;
}

pid_t spawn(std::vector<std::string>& command, const RunOptions& options, int out, int err) {
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
  if (!options.folder.empty()) {
    ::posix_spawn_file_actions_addchdir_np(&actions, options.folder.c_str());
  }
  std::vector<std::string> environment = environmentWith(options.environment);
  pid_t pid = -1;
  const int problem = ::posix_spawnp(&pid, command.front().c_str(), &actions, nullptr,
                                     pointersTo(command).data(), pointersTo(environment).data());
  ::posix_spawn_file_actions_destroy(&actions);
  if (problem != 0) {
    throw std::runtime_error("cannot start " + command.front() + ": " + std::strerror(problem));
  }
  return pid;
}

/// Moves what is ready from a pipe to the text; closes the pipe at its end.
void drain(int& pipe, std::string& text) {
  std::array<char, 4096> block{};
  const ssize_t got = ::read(pipe, block.data(), block.size());
  if (got > 0) {
    text.append(block.data(), static_cast<std::size_t>(got));
  } else if (got == 0 || errno != EINTR) {
    ::close(std::exchange(pipe, -1));
  }
}

int exitCodeOf(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

RunningProgram::RunningProgram(std::vector<std::string> command, RunOptions options)
    : deadline_(Clock::now() + options.limit) {
  const auto out = makePipe();
  const auto err = makePipe();
  const auto close_writers = [&] {
    ::close(out[1]);
    ::close(err[1]);
  };
  out_ = out[0];
  err_ = err[0];
  try {
    pid_ = spawn(command, options, out[1], err[1]);
  } catch (...) {
    close_writers();
    ::close(out_);
    ::close(err_);
    throw;
  }
  close_writers();
}

RunningProgram::~RunningProgram() {
  if (out_ >= 0) ::close(out_);
  if (err_ >= 0) ::close(err_);
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

void RunningProgram::sendSignal(int signal) const { ::kill(pid_, signal); }

bool RunningProgram::readSome() {
  if (out_ < 0 && err_ < 0) return false;
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now()).count();
  // poll() passes over the negative descriptor of a pipe that has ended.
  std::array<pollfd, 2> pipes = {pollfd{out_, POLLIN, 0}, pollfd{err_, POLLIN, 0}};
  const int ready = left <= 0 ? 0 : ::poll(pipes.data(), pipes.size(), static_cast<int>(left));
  if (ready == 0) {
    result_.timed_out = true;
    return false;
  }
  if (ready > 0 && pipes[0].revents != 0) drain(out_, result_.out);
  if (ready > 0 && pipes[1].revents != 0) drain(err_, result_.err);
  return true;
}

bool RunningProgram::waitFor(const std::string& text) {
  const auto found = [&](const std::string& in) { return in.find(text) != std::string::npos; };
  while (!found(result_.err) && !found(result_.out)) {
    if (!readSome()) return false;
  }
  return true;
}

ProgramResult RunningProgram::finish() {
  while (readSome()) {
  }
  if (result_.timed_out) ::kill(pid_, SIGKILL);
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  result_.exit_code = exitCodeOf(status);
  return std::move(result_);
}

ProgramResult runProgram(std::vector<std::string> command, RunOptions options) {
  return RunningProgram(std::move(command), std::move(options)).finish();
}

}  // namespace a2q::testing
