// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <memory>
#include <vector>

#include "app/workbench/run/run_controller.h"

namespace a2q::views {
class L1BudgetView;
class LogView;
class TrainingCurvesView;
}  // namespace a2q::views

namespace a2q::workbench {

class StatusStrip;

/// Where telemetry goes.
struct PumpTargets {
  views::L1BudgetView* budget = nullptr;
  views::TrainingCurvesView* curves = nullptr;
  views::LogView* log = nullptr;
  StatusStrip* status = nullptr;
};

/// Thirty times a second while the lane works: looks whether it ended. Every third time: pulls what
/// it left and feeds the panes that are visible. A hidden pane catches up when it is shown, because
/// it has a read position of its own.
class TelemetryPump : public QObject {
  Q_OBJECT

 public:
  TelemetryPump(RunController& controller, const PumpTargets& targets, QObject* parent);

  /// Empties the panes and feeds from the beginning of a run; null: there is none.
  void restart(std::shared_ptr<Telemetry> telemetry);
  /// Shows these layers instead of the newest snapshot: a plan, or how a run ended.
  void showLayers(std::vector<LayerSnapshot> layers);
  /// One pull, also when the timer rests: for panes that become visible.
  void pull();

 private:
  void tick();
  void pullBudget();
  void pullCurves();
  void pullStatus();
  void pullLog();

  RunController& controller_;
  PumpTargets targets_;
  std::shared_ptr<Telemetry> telemetry_;
  QTimer timer_;
  std::vector<LayerSnapshot> layers_;
  bool layers_are_new_ = false;
  int ticks_ = 0;
  std::size_t steps_shown_ = 0;
  std::size_t epochs_shown_ = 0;
  std::size_t epochs_logged_ = 0;
  std::size_t notes_logged_ = 0;
  std::size_t steps_in_status_ = 0;
};

}  // namespace a2q::workbench
