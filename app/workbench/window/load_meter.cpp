// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/window/load_meter.h"

#include <unistd.h>

#include <ctime>
#include <fstream>

namespace a2q::workbench {

std::optional<Load> LoadMeter::look() {
  timespec cpu{};
  if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu) != 0) return std::nullopt;
  double pages = 0;
  double resident = 0;
  if (!(std::ifstream("/proc/self/statm") >> pages >> resident)) return std::nullopt;
  constexpr double kNano = 1e-9;
  const auto now = std::chrono::steady_clock::now();
  const double used = static_cast<double>(cpu.tv_sec) + kNano * static_cast<double>(cpu.tv_nsec);
  const double passed = std::chrono::duration<double>(now - before_).count();
  const bool first = before_ == std::chrono::steady_clock::time_point{};
  Load load{first || passed <= 0 ? 0 : (used - cpu_before_) / passed,
            resident * static_cast<double>(sysconf(_SC_PAGESIZE))};
  before_ = now;
  cpu_before_ = used;
  return load;
}

}  // namespace a2q::workbench
