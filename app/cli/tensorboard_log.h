// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

#include "core/training/event_file.h"
#include "core/training/trainer.h"

namespace a2q::cli {

/// Tells a training to TensorBoard: scalars of every step and epoch, and a histogram of the integer
/// weights and of the use of the budget per layer after every epoch. When the file cannot be
/// written any more the training goes on without.
class TensorBoardLog : public TrainObserver {
 public:
  /// Opens an event file in the folder, which is made if needed. Errors: kWriteFailed.
  [[nodiscard]] static Result<std::unique_ptr<TensorBoardLog>> open(
      const std::filesystem::path& folder);

  void onStep(const StepReport& report) override;
  void onEpoch(const EpochRecord& record) override;
  void onSnapshot(const std::vector<LayerSnapshot>& layers) override;

 private:
  explicit TensorBoardLog(EventFile file) : file_(std::move(file)) {}
  void keep(const Status& written);
  void scalar(std::string_view tag, double value);
  void levels(const LayerSnapshot& layer);

  EventFile file_;
  std::int64_t step_ = 0;
  std::int64_t epoch_of_histograms_ = 0;
  std::int64_t epoch_ = 0;
  bool broken_ = false;
};

}  // namespace a2q::cli
