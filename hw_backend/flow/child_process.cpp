// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/flow/child_process.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <csignal>
#include <fstream>
#include <utility>

#include "core/base/child_output.h"
#include "hw_backend/flow/process_group.h"
#include "hw_backend/flow/text_tail.h"

namespace a2q {
namespace {

using Clock = std::chrono::steady_clock;

/// Tells a group to end once the stop token says so, and makes it when it takes too long.
class Stopper {
 public:
  Stopper(std::stop_token stop, std::chrono::milliseconds grace, const ProcessGroup& group)
      : stop_(std::move(stop)), grace_(grace), group_(group) {}

  void look() {
    if (!stop_.stop_requested()) return;
    if (!asked_) {
      asked_ = true;
      deadline_ = Clock::now() + grace_;
      group_.signal(SIGTERM);
    } else if (Clock::now() >= deadline_) {
      group_.signal(SIGKILL);
    }
  }

  [[nodiscard]] bool asked() const { return asked_; }

 private:
  std::stop_token stop_;
  std::chrono::milliseconds grace_;
  const ProcessGroup& group_;
  bool asked_ = false;
  Clock::time_point deadline_;
};

ChildResult resultOf(int status, bool stopped, bool late) {
  ChildResult result;
  if (stopped)
    result.end = ChildEnd::kStopped;
  else if (late)
    result.end = ChildEnd::kLate;
  else if (WIFSIGNALED(status))
    result.end = ChildEnd::kSignal;
  result.code = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
  return result;
}

std::string endText(const ChildResult& result) {
  switch (result.end) {
    case ChildEnd::kSignal: return fmt::format("was killed by signal {}", result.code);
    case ChildEnd::kLate: return fmt::format("did not end within {:.0f} s", result.seconds);
    default: return fmt::format("ended with code {}", result.code);
  }
}

}  // namespace

Result<ChildResult> runChild(const ChildCommand& command, std::stop_token stop) {
  constexpr std::chrono::milliseconds kLook{20};
  std::ofstream log;
  if (!command.log.empty()) {
    log.open(command.log, std::ios::binary | std::ios::trunc);
    if (!log)
      return fail(ErrorCode::kWriteFailed, "cannot write " + command.log.string(),
                  "It is the log of " + command.program.filename().string() + ".");
  }
  const Clock::time_point start = Clock::now();
  auto group = ProcessGroup::start(command.program, command.words, command.folder);
  if (!group) return forward(std::move(group));
  Stopper stopper(std::move(stop), command.grace, *group);
  TextTail tail;
  bool late = false;
  while (true) {
    stopper.look();
    const bool ended = group->ended();
    if (!ended && command.limit.count() > 0 && Clock::now() - start > command.limit) {
      late = true;
      group->signal(SIGKILL);
    }
    // What it wrote before its end is there now; a grandchild may keep the pipe open for ever.
    const bool more =
        group->read(ended ? std::chrono::milliseconds(0) : kLook, [&](std::string_view text) {
          tail.add(text);
          log << text;
        });
    if (ended && !more) break;
  }
  ChildResult result = resultOf(group->reap(), stopper.asked(), late);
  result.tail = tail.text();
  result.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  if (!command.log.empty() && !log.flush())
    return fail(ErrorCode::kWriteFailed, "cannot write " + command.log.string());
  return result;
}

Result<std::filesystem::path> findTool(std::string_view name, std::string_view package) {
  if (auto program = findProgram(name)) return *program;
  return fail(ErrorCode::kToolMissing, fmt::format("{} is not installed", name),
              fmt::format("No folder of PATH has a program {}.", name),
              fmt::format("apt install {}", package));
}

Error toolFailure(std::string_view tool, const ChildResult& result) {
  return toolAnswer(fmt::format("{} {}", tool, endText(result)), {}, result.tail);
}

Error toolAnswer(std::string wrong, std::string_view why, std::string_view tail) {
  std::string cause(why);
  if (!cause.empty()) cause += '\n';
  cause += tail.empty() ? "It said nothing." : fmt::format("Its last lines:\n{}", tail);
  return makeError(ErrorCode::kToolFailed, std::move(wrong), std::move(cause));
}

}  // namespace a2q
