// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/window/run_tool_bar.h"

#include <QComboBox>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolBar>

#include "core/network/quant_limits.h"

namespace a2q::workbench {

RunToolBar::RunToolBar(QToolBar& bar)
    : QObject(&bar), device_(new QComboBox), accumulator_(new QSpinBox) {
  device_->setAccessibleName(tr("Compute device"));
  device_->setToolTip(tr(
      "Where the next training computes. “auto” takes CUDA where LibTorch has it, else the CPU."));
  for (const char* name : {"cpu", "auto", "cuda"}) device_->addItem(QString::fromUtf8(name));
  device_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  accumulator_->setObjectName(QStringLiteral("accumulator_bits"));
  accumulator_->setAccessibleName(tr("Accumulator bits P"));
  accumulator_->setToolTip(tr(
      "P: accumulator bits of the hidden layers (quant.accumulator_bits), for the next training. "
      "A change is one step of undo."));
  accumulator_->setRange(kAccumulatorBits.least, kAccumulatorBits.most);
  accumulator_->setPrefix(tr("P: "));
  accumulator_->setKeyboardTracking(false);
  bar.addSeparator();
  bar.addWidget(device_);
  bar.addWidget(accumulator_);
  connect(device_, &QComboBox::textActivated, this, &RunToolBar::deviceChosen);
  connect(accumulator_, &QSpinBox::valueChanged, this, &RunToolBar::accumulatorChosen);
}

void RunToolBar::showExperiment(const Experiment& experiment) {
  const QSignalBlocker silent(accumulator_);
  accumulator_->setValue(experiment.quant.accumulator_bits.bits);
  const bool used = experiment.quant.method == QuantMethod::kA2q ||
                    experiment.quant.method == QuantMethod::kA2qPlus;
  accumulator_->setEnabled(used);
}

void RunToolBar::showDevice(const QString& device) {
  const QSignalBlocker silent(device_);
  if (device_->findText(device) < 0) device_->addItem(device);
  device_->setCurrentText(device);
}

}  // namespace a2q::workbench
