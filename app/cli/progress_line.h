// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

#include "app/cli/live_line.h"
#include "core/base/run_control.h"

namespace a2q::cli {

/// Shows "blocks 37 of 316, 4 min left" on standard error: one line that is rewritten on a
/// terminal, a line every ten per cent elsewhere.
class ProgressLine : public ProgressSink {
 public:
  explicit ProgressLine(Verbosity verbosity);
  ~ProgressLine() override;
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void report(const Progress& progress) override;

 private:
  Verbosity verbosity_;
  bool terminal_;
  bool line_open_ = false;
  int told_ = 0;  ///< tenths
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace a2q::cli
