// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace a2q::testing {

/// What a program left behind.
struct ProgramResult {
  int exit_code = -1;      ///< 128 + signal when a signal ended it, as a shell says it
  bool timed_out = false;  ///< it was killed at the limit
  std::string out;
  std::string err;
};

struct RunOptions {
  std::vector<std::string> environment = {};  ///< "KEY=value", on top of this process's own
  std::filesystem::path folder = {};          ///< working folder; empty: this process's own
  std::chrono::seconds limit{120};            ///< then the program is killed
};

/// A child process with empty standard input whose two outputs are captured; no shell is involved.
/// One that was not finished is killed at the end of its scope. Throws std::runtime_error when it
/// cannot be started.
class RunningProgram {
 public:
  explicit RunningProgram(std::vector<std::string> command, RunOptions options = {});
  ~RunningProgram();
  RunningProgram(const RunningProgram&) = delete;
  RunningProgram& operator=(const RunningProgram&) = delete;

  void sendSignal(int signal) const;

  /// Reads until `text` stands in the captured standard error or standard output; false when both
  /// end, or the limit passes, before that.
  [[nodiscard]] bool waitFor(const std::string& text);

  /// Reads both outputs to their ends and waits for the exit; to be called once.
  [[nodiscard]] ProgramResult finish();

 private:
  using Clock = std::chrono::steady_clock;

  /// Waits for more output until the deadline; false when there is no more or the time is up.
  bool readSome();

  pid_t pid_ = -1;
  int out_ = -1;
  int err_ = -1;
  Clock::time_point deadline_;
  ProgramResult result_;
};

/// Runs a program to its end.
[[nodiscard]] ProgramResult runProgram(std::vector<std::string> command, RunOptions options = {});

}  // namespace a2q::testing
