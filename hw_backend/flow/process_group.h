// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace a2q {

/// A program in a process group of its own, led by a keeper: a process that only waits for the
/// program, ends as it ends, and kills the whole group when the thread that started it dies.
class ProcessGroup {
 public:
  /// Errors: kToolFailed.
  [[nodiscard]] static Result<ProcessGroup> start(const std::filesystem::path& program,
                                                  const std::vector<std::string>& words,
                                                  const std::filesystem::path& folder);
  ProcessGroup(ProcessGroup&& other) noexcept;
  ProcessGroup(const ProcessGroup&) = delete;
  ProcessGroup& operator=(const ProcessGroup&) = delete;
  ProcessGroup& operator=(ProcessGroup&&) = delete;
  /// Kills what still lives.
  ~ProcessGroup();

  /// Sends a signal to all of it.
  void signal(int number) const;
  /// Whether the program has ended.
  [[nodiscard]] bool ended() const;
  /// Waits at most `wait` for output and hands on what there is; false: there is none now.
  bool read(std::chrono::milliseconds wait,
            const std::function<void(std::string_view)>& take) const;
  /// Kills what the program left behind, and gives its status as waitpid() does.
  int reap();

 private:
  ProcessGroup(pid_t keeper, int output) : keeper_(keeper), output_(output) {}

  pid_t keeper_;
  int output_;
};

}  // namespace a2q
