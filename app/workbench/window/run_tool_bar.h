// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "core/network/experiment.h"

class QComboBox;
class QSpinBox;
class QToolBar;

namespace a2q::workbench {

/// The fields of the toolbar: where a training computes, and P of the specification.
class RunToolBar : public QObject {
  Q_OBJECT

 public:
  explicit RunToolBar(QToolBar& bar);

  void showExperiment(const Experiment& experiment);
  void showDevice(const QString& device);

 Q_SIGNALS:
  void deviceChosen(const QString& device);
  void accumulatorChosen(int bits);

 private:
  QComboBox* device_ = nullptr;
  QSpinBox* accumulator_ = nullptr;
};

}  // namespace a2q::workbench
