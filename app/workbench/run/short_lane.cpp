// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/run/short_lane.h"

#include <utility>

namespace a2q::workbench {

ShortLane::ShortLane() : thread_([this](const std::stop_token& stop) { work(stop); }) {}

void ShortLane::request(Work work) {
  // What is dropped is destroyed outside of the lock: nobody knows what it holds.
  std::optional<Work> dropped = std::move(work);
  std::optional<Then> stale;
  {
    const std::lock_guard lock(mutex_);
    next_.swap(dropped);
    answer_.swap(stale);
    ++newest_;
    work_stop_.request_stop();
  }
  changed_.notify_one();
}

void ShortLane::cancel() {
  std::optional<Work> dropped;
  std::optional<Then> stale;
  const std::lock_guard lock(mutex_);
  next_.swap(dropped);
  answer_.swap(stale);
  answered_ = ++newest_;
  work_stop_.request_stop();
}

bool ShortLane::poll() {
  std::optional<Then> answer;
  {
    const std::lock_guard lock(mutex_);
    if (!answer_) return false;
    answer_.swap(answer);
    answered_ = newest_;
  }
  if (*answer) (*answer)();
  return true;
}

bool ShortLane::busy() const {
  const std::lock_guard lock(mutex_);
  return answered_ != newest_;
}

void ShortLane::work(const std::stop_token& lane_stop) {
  while (true) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait(lock, lane_stop, [this] { return next_.has_value(); })) return;
    const Work job = *std::exchange(next_, std::nullopt);
    const std::uint64_t number = newest_;
    work_stop_ = std::stop_source();
    std::stop_source stop = work_stop_;
    lock.unlock();
    const std::stop_callback lane_ends(lane_stop, [&stop] { stop.request_stop(); });
    Then then = job(stop.get_token());
    lock.lock();
    if (number == newest_) answer_ = std::move(then);
    lock.unlock();
  }
}

}  // namespace a2q::workbench
