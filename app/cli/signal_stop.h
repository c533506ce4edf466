// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <csignal>
#include <stop_token>
#include <thread>

#include "core/base/error.h"

namespace a2q::cli {

/// Turns Ctrl-C, SIGTERM and SIGHUP into a stop request for as long as it lives: the first one
/// stops the work cleanly, the second ends the process at once. Make it before any other thread.
class SignalStop {
 public:
  SignalStop();
  SignalStop(const SignalStop&) = delete;
  SignalStop& operator=(const SignalStop&) = delete;
  ~SignalStop();

  [[nodiscard]] std::stop_token token() const { return source_.get_token(); }
  /// The signal that came, or 0.
  [[nodiscard]] int received() const { return received_; }
  /// What work that was stopped exits with.
  [[nodiscard]] ExitCode exitCode() const {
    return received_ == SIGINT ? ExitCode::kInterrupted : ExitCode::kTerminated;
  }

 private:
  void wait(const std::stop_token& finished);

  sigset_t signals_{};
  sigset_t before_{};
  std::stop_source source_;
  std::atomic<int> received_ = 0;
  std::jthread waiter_;
};

}  // namespace a2q::cli
