// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

namespace a2q::workbench {

/// A thread for long work (training, synthesis): one job at a time, no QObject in it. Destroying
/// the lane asks the job to stop and waits for it.
class LongLane {
 public:
  using Job = std::function<void(const std::stop_token&)>;

  LongLane();

  /// Hands over a job; the one before must have ended.
  void post(Job job);
  /// Asks the job to stop at its next chance.
  void requestStop();

 private:
  void work(const std::stop_token& lane_stop);

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::optional<Job> next_;
  std::stop_source job_stop_;
  std::jthread thread_;  ///< last: it uses all of the above
};

}  // namespace a2q::workbench
