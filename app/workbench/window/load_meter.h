// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>

namespace a2q::workbench {

/// What this process takes of the machine, measured since the look before.
struct Load {
  double processors = 0;  ///< how many are busy with it
  double memory = 0;      ///< resident, in bytes
};

/// Reads /proc; none where the system has no such thing.
class LoadMeter {
 public:
  [[nodiscard]] std::optional<Load> look();

 private:
  std::chrono::steady_clock::time_point before_{};
  double cpu_before_ = 0;
};

}  // namespace a2q::workbench
