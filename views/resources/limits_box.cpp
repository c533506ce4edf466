// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/resources/limits_box.h"

#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSpinBox>
#include <cmath>

namespace a2q::views {
namespace {

constexpr double kPercent = 100;
constexpr double kMega = 1e6;
constexpr int kStep = 5;

/// What a person types meanwhile stays.
void showValue(QSpinBox& box, int value) {
  if (box.value() == value) return;
  const QSignalBlocker silent(&box);
  box.setValue(value);
}

}  // namespace

LimitsBox::LimitsBox(QWidget* parent) : QWidget(parent), use_(new QSpinBox), clock_(new QSpinBox) {
  use_->setObjectName(QStringLiteral("resources_utilisation"));
  use_->setAccessibleName(tr("Per cent of the device that may be used"));
  use_->setToolTip(
      tr("The share of each resource that may be used: a device that is full is hard to route"));
  use_->setRange(kLeastUse, kMostUse);
  use_->setPrefix(tr("up to "));
  use_->setSuffix(tr(" %"));
  clock_->setObjectName(QStringLiteral("resources_clock"));
  clock_->setAccessibleName(tr("Clock in MHz"));
  clock_->setRange(0, kMostClock);
  clock_->setSuffix(tr(" MHz"));
  clock_->setSpecialValueText(tr("highest clock"));
  clock_->setToolTip(
      tr("The clock of rate and latency; at 0 the highest one that the design is "
         "estimated to reach"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  for (QSpinBox* each : {use_, clock_}) {
    each->setSingleStep(kStep);
    each->setKeyboardTracking(false);
    row->addWidget(each);
  }
  connect(use_, &QSpinBox::valueChanged, this, &LimitsBox::utilisationWanted);
  connect(clock_, &QSpinBox::valueChanged, this, &LimitsBox::clockWanted);
}

void LimitsBox::showRequest(const PlanRequest& request) {
  showValue(*use_, static_cast<int>(std::lround(kPercent * request.utilisation)));
  showValue(*clock_, static_cast<int>(std::lround(request.clock_hz.value_or(0) / kMega)));
}

}  // namespace a2q::views
