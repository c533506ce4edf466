// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace a2q {

/// An external program: what to run, where, and where its output is kept.
struct ChildCommand {
  std::filesystem::path program;
  std::vector<std::string> words;
  std::filesystem::path folder;  ///< it works in
  std::filesystem::path log;     ///< receives both outputs; empty: nowhere
  /// Between asking a stopped child to end (SIGTERM) and making it (SIGKILL).
  std::chrono::milliseconds grace{2000};
  /// It is killed when it takes longer; zero: it may take as long as it likes.
  std::chrono::milliseconds limit{0};
};

enum class ChildEnd {
  kExited,   ///< by itself, with a code
  kSignal,   ///< killed, not by us
  kStopped,  ///< because the stop token said so
  kLate,     ///< killed at its limit of time
};

struct ChildResult {
  ChildEnd end = ChildEnd::kExited;
  int code = 0;      ///< exit code, or the number of the signal
  std::string tail;  ///< the last 40 lines of both outputs, at most 16 KiB
  double seconds = 0;

  [[nodiscard]] bool good() const { return end == ChildEnd::kExited && code == 0; }
};

/// Runs a program to its end, with nothing to read, in a process group of its own. Whatever it
/// started is killed with it: when it ends, when it is stopped, and when this process dies. Blocks;
/// call it on a thread that lives as long. Errors: kWriteFailed (the log), kToolFailed (it cannot
/// be started).
[[nodiscard]] Result<ChildResult> runChild(const ChildCommand& command, std::stop_token stop);

/// The program of that name in PATH. Errors: kToolMissing, with the Debian package that has it.
[[nodiscard]] Result<std::filesystem::path> findTool(std::string_view name,
                                                     std::string_view package);

/// The error for a child that did not end well, which quotes its last lines.
[[nodiscard]] Error toolFailure(std::string_view tool, const ChildResult& result);

/// The error for a child that ended well but did not give what it should have, which quotes its
/// last lines. `wrong` is the message, `why` may be empty.
[[nodiscard]] Error toolAnswer(std::string wrong, std::string_view why, std::string_view tail);

}  // namespace a2q
