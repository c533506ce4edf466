// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

#include "app/workbench/run/eta_range.h"
#include "app/workbench/run/run_controller.h"
#include "app/workbench/window/load_meter.h"
#include "core/training/run_record.h"

class QLabel;
class QProgressBar;
class QStatusBar;

namespace a2q::workbench {

/// The status bar: what goes on, epoch, time left, load, worst margin, sparsity, autosave.
class StatusStrip : public QObject {
  Q_OBJECT

 public:
  StatusStrip(QStatusBar& bar, QObject* parent);

  void showPhase(RunPhase phase);
  /// `later`: steps of the phases that follow.
  void showStep(const StepReport& report, std::int64_t later);
  void showRecord(const RunRecord& record);
  void clear();
  /// What stands left when nothing is training, for example how the last run ended.
  void setIdleText(const QString& text);
  /// Where the age of what was kept of unsaved work stands.
  [[nodiscard]] QLabel& autosaveLabel() const { return *autosave_; }

 private:
  void showMeasures(const std::optional<double>& margin, const std::optional<double>& sparsity);
  void showLoad();

  QLabel* state_ = nullptr;
  QProgressBar* progress_ = nullptr;
  QLabel* epoch_ = nullptr;
  QLabel* left_ = nullptr;
  QLabel* load_ = nullptr;
  QLabel* margin_ = nullptr;
  QLabel* sparsity_ = nullptr;
  QLabel* autosave_ = nullptr;
  QString idle_text_;
  EtaEstimator eta_;
  LoadMeter meter_;
  QTimer load_timer_;
};

}  // namespace a2q::workbench
