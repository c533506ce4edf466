// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/run_control.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

namespace a2q {
namespace {

TEST(PauseGate, IsOpenAtFirst) {
  PauseGate gate;
  EXPECT_FALSE(gate.paused());
  gate.waitWhilePaused({});
}

TEST(PauseGate, HoldsAWorkerUntilResumed) {
  PauseGate gate;
  gate.pause();
  EXPECT_TRUE(gate.paused());
  std::atomic<bool> resumed = false;
  std::promise<void> started;
  auto passed = std::async(std::launch::async, [&] {
    started.set_value();
    gate.waitWhilePaused({});
    return resumed.load();
  });
  started.get_future().wait();
  resumed = true;
  gate.resume();
  EXPECT_TRUE(passed.get()) << "the worker passed a closed gate";
  EXPECT_FALSE(gate.paused());
}

TEST(PauseGate, StopLetsAPausedWorkerGo) {
  PauseGate gate;
  gate.pause();
  std::promise<void> started;
  std::jthread worker([&](const std::stop_token& stop) {
    started.set_value();
    gate.waitWhilePaused(stop);
  });
  started.get_future().wait();
  worker.request_stop();
  worker.join();
  EXPECT_TRUE(gate.paused());
}

TEST(RunControl, ProceedsUntilStopped) {
  std::stop_source source;
  PauseGate gate;
  const RunControl control = {source.get_token(), &gate};
  EXPECT_TRUE(control.proceed());
  source.request_stop();
  EXPECT_FALSE(control.proceed());
  gate.pause();
  EXPECT_FALSE(control.proceed()) << "a stopped run must not wait at a closed gate";
}

TEST(RunControl, NeedsNoGate) { EXPECT_TRUE(RunControl{}.proceed()); }

}  // namespace
}  // namespace a2q
