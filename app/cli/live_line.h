// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>

#include "core/training/trainer.h"

namespace a2q::cli {

enum class Verbosity { kQuiet, kNormal };

/// Shows a training on standard error: one line that is rewritten on a terminal, a plain line an
/// epoch elsewhere.
class LiveLine : public TrainObserver {
 public:
  explicit LiveLine(Verbosity verbosity);

  void onStep(const StepReport& report) override;
  void onEpoch(const EpochRecord& record) override;
  void onSnapshot(const std::vector<LayerSnapshot>&) override {}

  /// Ends the line, so that what follows starts on its own.
  void finish();

 private:
  void rewrite(const std::string& text);

  Verbosity verbosity_;
  bool terminal_;
  bool line_open_ = false;
  std::chrono::steady_clock::time_point last_{};
};

/// "epoch 2/5   43 %  loss ...": what the live line says, shorter where columns are few.
[[nodiscard]] std::string stepText(const StepReport& report, int columns);

/// "epoch 2: loss ..., accuracy ...": what is kept of an epoch.
[[nodiscard]] std::string epochText(const EpochRecord& record);

}  // namespace a2q::cli
