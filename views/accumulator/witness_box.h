// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "views/accumulator/witness_shown.h"

class QLabel;
class QTableWidget;

namespace a2q::views {

/// What became of a witness: its end, the formula, the replays of the integer engine as a table,
/// and the first inputs.
class WitnessBox : public QWidget {
  Q_OBJECT

 public:
  explicit WitnessBox(QWidget* parent = nullptr);
  void show(const WitnessShown& shown);

 private:
  void showOutcomes(const WitnessAnswer& answer);

  QLabel* facts_ = nullptr;
  QTableWidget* outcomes_ = nullptr;
  QLabel* preview_ = nullptr;
};

}  // namespace a2q::views
