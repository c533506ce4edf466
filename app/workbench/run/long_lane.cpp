// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/run/long_lane.h"

#include <utility>

namespace a2q::workbench {

LongLane::LongLane() : thread_([this](const std::stop_token& stop) { work(stop); }) {}

void LongLane::post(Job job) {
  {
    const std::lock_guard lock(mutex_);
    next_ = std::move(job);
    job_stop_ = std::stop_source();
  }
  changed_.notify_one();
}

void LongLane::requestStop() {
  const std::lock_guard lock(mutex_);
  job_stop_.request_stop();
}

void LongLane::work(const std::stop_token& lane_stop) {
  while (true) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait(lock, lane_stop, [this] { return next_.has_value(); })) return;
    const Job job = *std::exchange(next_, std::nullopt);
    std::stop_source stop = job_stop_;
    lock.unlock();
    const std::stop_callback lane_ends(lane_stop, [&stop] { stop.request_stop(); });
    job(stop.get_token());
  }
}

}  // namespace a2q::workbench
