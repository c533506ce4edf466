// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "views/resources/hardware_story.h"

class QSpinBox;

namespace a2q::views {

/// How much of the device may be used, and at which clock.
class LimitsBox : public QWidget {
  Q_OBJECT

 public:
  static constexpr int kLeastUse = 10;  ///< per cent
  static constexpr int kMostUse = 100;
  static constexpr int kMostClock = 1000;  ///< MHz

  explicit LimitsBox(QWidget* parent = nullptr);

  /// Emits nothing.
  void showRequest(const PlanRequest& request);

 Q_SIGNALS:
  void utilisationWanted(int percent);
  /// 0: what the device usually reaches.
  void clockWanted(int mhz);

 private:
  QSpinBox* use_ = nullptr;
  QSpinBox* clock_ = nullptr;
};

}  // namespace a2q::views
