// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project_lane.h"

#include <signal.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace a2q {
namespace {

class Lane : public ProjectLane {
 public:
  Lane() {
    // A signal to the process is for those who wait for it, never for this thread.
    sigset_t all{};
    sigset_t before{};
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
  }

  void post(std::function<void()> work) override {
    {
      const std::lock_guard lock(mutex_);
      queue_.push_back(std::move(work));
    }
    come_.notify_one();
  }

  [[nodiscard]] bool isCurrent() const override {
    return std::this_thread::get_id() == thread_.get_id();
  }

 private:
  /// Ends when it is asked to and nothing is left to do.
  void work(const std::stop_token& stop) {
    for (;;) {
      std::function<void()> next;
      {
        std::unique_lock lock(mutex_);
        come_.wait(lock, stop, [this] { return !queue_.empty(); });
        if (queue_.empty()) return;
        next = std::move(queue_.front());
        queue_.pop_front();
      }
      next();
    }
  }

  std::mutex mutex_;
  std::condition_variable_any come_;
  std::deque<std::function<void()>> queue_;
  std::jthread thread_;  ///< last: it uses all of the above
};

}  // namespace

ProjectLane& projectLane() {
  static Lane lane;
  return lane;
}

}  // namespace a2q
