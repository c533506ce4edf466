// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/training/trainer.h"

namespace a2q {

/// Writes what a training tells to "<project>.live" for other processes: every step (a few times a
/// second in blocks), every epoch, and the newest ‖q‖₁ of every channel. Never slows it by waiting.
class LiveRunWriter : public TrainObserver {
 public:
  LiveRunWriter(std::filesystem::path project, std::string run_uuid, std::string run_name,
                const Experiment& experiment);
  ~LiveRunWriter() override;  ///< hands over what is left and removes the file
  LiveRunWriter(const LiveRunWriter&) = delete;
  LiveRunWriter& operator=(const LiveRunWriter&) = delete;

  void onStep(const StepReport& report) override;
  void onEpoch(const EpochRecord& record) override;
  void onSnapshot(const std::vector<LayerSnapshot>& layers) override;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

/// The newest of a layer's channels.
struct LiveLayer {
  std::string layer;
  std::optional<std::int64_t> budget;  ///< largest ‖q‖₁ that P allows
  std::vector<std::int64_t> l1;        ///< a value a channel
};

/// What has come since the last look.
struct LiveNews {
  std::vector<StepReport> steps;  ///< layers included
  std::vector<EpochRecord> epochs;
  std::vector<LiveLayer> layers;  ///< empty: nothing newer
  bool ended = false;             ///< the trainer is gone, well or not
};

/// Watches a run that another process trains.
class LiveRunReader {
 public:
  /// Errors: kReadFailed when nobody trains into the project.
  [[nodiscard]] static Result<LiveRunReader> open(const std::filesystem::path& project);
  LiveRunReader(LiveRunReader&&) noexcept;
  LiveRunReader& operator=(LiveRunReader&&) noexcept;
  ~LiveRunReader();

  [[nodiscard]] const std::string& runUuid() const;
  [[nodiscard]] const std::string& runName() const;
  [[nodiscard]] const Experiment& experiment() const;
  [[nodiscard]] Result<LiveNews> poll();

 private:
  struct Impl;
  explicit LiveRunReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace a2q
