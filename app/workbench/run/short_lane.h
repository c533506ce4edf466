// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

namespace a2q::workbench {

/// A thread for short work whose latest request wins: a request that has not begun is dropped, one
/// that runs is asked to stop and its answer thrown away. Destroying the lane asks the work to stop
/// and waits for it; answers that were not fetched are dropped. Work sees no QObject and throws
/// nothing.
class ShortLane {
 public:
  /// What work leaves to be done on the thread that polls; may be empty.
  using Then = std::function<void()>;
  using Work = std::function<Then(const std::stop_token&)>;

  ShortLane();

  void request(Work work);
  /// Withdraws the last request.
  void cancel();
  /// Runs the answer to the last request, once it is there. True: something was answered.
  bool poll();
  /// The last request is neither answered nor withdrawn.
  [[nodiscard]] bool busy() const;

 private:
  void work(const std::stop_token& lane_stop);

  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::optional<Work> next_;
  std::optional<Then> answer_;
  std::uint64_t newest_ = 0;    ///< number of the last request
  std::uint64_t answered_ = 0;  ///< the last one that was fetched or withdrawn
  std::stop_source work_stop_;
  std::jthread thread_;  ///< last: it uses all of the above
};

}  // namespace a2q::workbench
