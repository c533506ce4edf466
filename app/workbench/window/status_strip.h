// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "app/workbench/run/run_controller.h"
#include "core/training/run_record.h"

class QLabel;
class QProgressBar;
class QStatusBar;

namespace a2q::workbench {

/// The status bar: what goes on, epoch, time left, worst margin, sparsity.
class StatusStrip : public QObject {
  Q_OBJECT

 public:
  StatusStrip(QStatusBar& bar, QObject* parent);

  void showPhase(RunPhase phase);
  void showStep(const StepReport& report);
  void showRecord(const RunRecord& record);
  void clear();
  /// What stands left when nothing is training, for example how the last run ended.
  /// Where the age of what was kept of unsaved work stands.
  [[nodiscard]] QLabel& autosaveLabel() const { return *autosave_; }
  void setIdleText(const QString& text);

 private:
  void showMeasures(const std::optional<double>& margin, const std::optional<double>& sparsity);

  QLabel* state_ = nullptr;
  QProgressBar* progress_ = nullptr;
  QLabel* epoch_ = nullptr;
  QLabel* left_ = nullptr;
  QLabel* margin_ = nullptr;
  QLabel* sparsity_ = nullptr;
  QLabel* autosave_ = nullptr;
  QString idle_text_;
};

}  // namespace a2q::workbench
