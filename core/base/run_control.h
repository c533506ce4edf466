// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace a2q {

/// A door that workers pass between two batches: closed by pause(), opened by resume().
class PauseGate {
 public:
  void pause();
  void resume();
  [[nodiscard]] bool paused() const;

  /// Returns at once when open; otherwise waits until resumed or stopped.
  void waitWhilePaused(const std::stop_token& stop);

 private:
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  bool paused_ = false;
};

/// Progress of a long task: `done` of `total` units of what `what` names.
struct Progress {
  const char* what = "";
  double done = 0;
  double total = 0;
};

/// Receives progress on the worker's own thread.
class ProgressSink {
 public:
  virtual ~ProgressSink() = default;
  virtual void report(const Progress& progress) = 0;
};

/// What a worker is handed besides its input: when to stop, when to wait.
struct RunControl {
  std::stop_token stop;
  PauseGate* gate = nullptr;

  /// Waits while paused; true when the work should go on.
  [[nodiscard]] bool proceed() const;
};

}  // namespace a2q
