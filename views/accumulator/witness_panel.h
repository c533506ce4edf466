// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "views/accumulator/witness_shown.h"

class QLabel;
class QPushButton;

namespace a2q::views {

class WitnessBox;
class WitnessCurve;

/// The witness of one channel: its running sum beside what became of it, with a switch between the
/// two ends of the range.
class WitnessPanel : public QWidget {
  Q_OBJECT

 public:
  explicit WitnessPanel(QWidget* parent = nullptr);
  void show(const WitnessShown& shown);

 Q_SIGNALS:
  /// The other end of the channel that is shown.
  void sideWanted(const QString& layer, int channel, a2q::WitnessSide side);
  void closeWanted();

 private:
  [[nodiscard]] QPushButton* addSide(const QString& text, WitnessSide side);

  QLabel* title_ = nullptr;
  QPushButton* high_ = nullptr;
  QPushButton* low_ = nullptr;
  WitnessCurve* curve_ = nullptr;
  WitnessBox* box_ = nullptr;
  QString layer_;
  int channel_ = 0;
};

}  // namespace a2q::views
