// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/run_control.h"

namespace a2q {

void PauseGate::pause() {
  const std::scoped_lock lock(mutex_);
  paused_ = true;
}

void PauseGate::resume() {
  {
    const std::scoped_lock lock(mutex_);
    paused_ = false;
  }
  changed_.notify_all();
}

bool PauseGate::paused() const {
  const std::scoped_lock lock(mutex_);
  return paused_;
}

void PauseGate::waitWhilePaused(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, stop, [this] { return !paused_; });
}

bool RunControl::proceed() const {
  if (gate != nullptr) gate->waitWhilePaused(stop);
  return !stop.stop_requested();
}

}  // namespace a2q
