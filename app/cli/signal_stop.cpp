// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/signal_stop.h"

#include <unistd.h>

#include <ctime>

namespace a2q::cli {

SignalStop::SignalStop() {
  sigemptyset(&signals_);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    // Who started this program may want it to ignore one, as nohup and '&' in a script do.
    struct sigaction present = {};
    sigaction(signal, nullptr, &present);
    if (present.sa_handler != SIG_IGN) sigaddset(&signals_, signal);
  }
  // Blocked here, in every thread made later too; the waiter alone takes them.
  pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  waiter_ = std::jthread([this](const std::stop_token& finished) { wait(finished); });
}

SignalStop::~SignalStop() {
  waiter_.request_stop();
  waiter_.join();
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void SignalStop::wait(const std::stop_token& finished) {
  constexpr timespec kInterval{0, 50'000'000};
  while (!finished.stop_requested()) {
    const int signal = sigtimedwait(&signals_, nullptr, &kInterval);
    if (signal <= 0) continue;
    constexpr int kSignalExit = 128;
    if (received_.exchange(signal) != 0) ::_exit(kSignalExit + signal);
    source_.request_stop();
  }
}

}  // namespace a2q::cli
