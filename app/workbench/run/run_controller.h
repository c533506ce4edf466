// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <variant>

#include "app/workbench/project/project_session.h"
#include "app/workbench/run/long_lane.h"
#include "app/workbench/run/run_job.h"
#include "app/workbench/run/telemetry.h"
#include "core/base/run_control.h"
#include "core/training/result_folder.h"

namespace a2q::workbench {

enum class RunPhase { kIdle, kLoading, kTraining, kPaused, kStopping, kSaving, kChecking };

using RecordPointer = std::shared_ptr<const RunRecord>;

/// Drives the compute lane from the GUI thread. The lane never calls back: it leaves its report in
/// a mailbox that poll() empties.
class RunController : public QObject {
  Q_OBJECT

 public:
  explicit RunController(QObject* parent = nullptr);

  /// Each is ignored in a phase that does not allow it.
  void start(const RunRequest& request);
  void togglePause();
  void stop();
  /// As stop(), and the run is not kept in the project; one that was gone on with is.
  void abort();
  void save(const std::filesystem::path& folder, Overwrite overwrite, RecordPointer record);

  /// Work with files on the lane; what it returns runs on the GUI's thread when it ended.
  using Then = std::function<void()>;
  void perform(std::function<Then()> work);
  /// Work with a trained network, which stop() ends.
  void check(std::function<Then(const std::stop_token&)> work);

  /// Takes what the lane left since the last call.
  void poll();

  [[nodiscard]] RunPhase phase() const { return phase_; }
  [[nodiscard]] bool busy() const { return phase_ != RunPhase::kIdle; }
  /// A training goes on, from the loading of its data to its last batch.
  [[nodiscard]] bool trains() const {
    return busy() && phase_ != RunPhase::kSaving && phase_ != RunPhase::kChecking;
  }
  /// Of the run that goes or went last; null before the first.
  [[nodiscard]] std::shared_ptr<Telemetry> telemetry() const { return telemetry_; }
  /// Held by whoever uses the trainer, which has one set of threads for the whole process.
  [[nodiscard]] const std::shared_ptr<std::mutex>& trainerTurn() const { return trainer_turn_; }

 Q_SIGNALS:
  void phaseChanged();
  void finished(const a2q::workbench::RecordPointer& record);
  /// After finished(): the project does not have the run.
  void notRecorded(const a2q::Error& error);
  void failed(const a2q::Error& error);
  void saved(const std::filesystem::path& folder);
  void saveFailed(const std::filesystem::path& folder, const a2q::Error& error);

 private:
  struct Saved {
    std::filesystem::path folder;
    Status status;
  };
  using Report = std::variant<Result<RunEnd>, Saved, Then>;

  /// What `work` says, or that it threw.
  [[nodiscard]] Then safely(const std::function<Then()>& work);
  void setPhase(RunPhase phase);
  void conclude(const Result<RunEnd>& result);
  void conclude(const Saved& outcome);
  void conclude(const Then& then);

  RunPhase phase_ = RunPhase::kIdle;
  std::shared_ptr<Telemetry> telemetry_;
  PauseGate gate_;
  RunSwitches switches_;
  std::shared_ptr<std::mutex> trainer_turn_ = std::make_shared<std::mutex>();
  Mailbox<Report> report_;
  LongLane lane_;  ///< last: its thread uses all of the above
};

}  // namespace a2q::workbench
