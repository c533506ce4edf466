// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace a2q {

/// Jobs numbered 0 to count − 1, several at a time, in no fixed order. The first error stops all.
template <class T>
class ParallelJobs {
 public:
  /// Does the job of a number. None: it was stopped.
  using Job = std::function<Result<std::optional<T>>(std::size_t, const std::stop_token&)>;
  /// Hears of each job that is done; from one thread at a time.
  using Sink = std::function<void(std::size_t, const T&)>;

  ParallelJobs(std::size_t count, const Job& job, const Sink& sink, const std::stop_token& stop)
      : count_(count), job_(job), sink_(sink), outer_(stop, [this] { stop_.request_stop(); }) {}

  /// False: it was stopped before all were done. Errors: the first that any job met.
  Result<bool> run(int workers) {
    {
      std::vector<std::jthread> threads;
      for (int i = 0; i < std::max(workers, 1); ++i) threads.emplace_back([this] { work(); });
    }
    if (error_) return tl::make_unexpected(std::move(*error_));
    return done_ == count_;
  }

 private:
  void work() {
    while (const auto index = take()) {
      auto found = job_(*index, stop_.get_token());
      const std::lock_guard lock(mutex_);
      if (!found) {
        if (!error_) error_ = found.error();
        stop_.request_stop();
      } else if (*found) {
        ++done_;
        sink_(*index, **found);
      }
    }
  }
  std::optional<std::size_t> take() {
    const std::lock_guard lock(mutex_);
    if (stop_.stop_requested() || next_ == count_) return std::nullopt;
    return next_++;
  }

  std::size_t count_;
  const Job& job_;
  const Sink& sink_;
  std::mutex mutex_;  ///< guards all below
  std::optional<Error> error_;
  std::size_t next_ = 0;
  std::size_t done_ = 0;
  std::stop_source stop_;
  std::stop_callback<std::function<void()>> outer_;
};

}  // namespace a2q
