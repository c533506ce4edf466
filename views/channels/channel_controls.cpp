// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/channels/channel_controls.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QSignalBlocker>
#include <algorithm>

#include "views/common/flow_layout.h"

namespace a2q::views {
namespace {

enum Range { kAutomatic, kFixed, kManual };

constexpr double kAllOfBudget = 100;
constexpr double kFixedBits = 8;
constexpr double kLeastOfLog = 0.1;  ///< per cent; zero has no logarithm

QDoubleSpinBox* boundBox(const QString& name) {
  constexpr double kFarthest = 1e6;
  auto* box = new QDoubleSpinBox;
  box->setRange(-kFarthest, kFarthest);
  box->setDecimals(1);
  box->setAccessibleName(name);
  box->setToolTip(name);
  box->setKeyboardTracking(false);
  box->hide();
  return box;
}

}  // namespace

ChannelControls::ChannelControls(QWidget* parent) : QWidget(parent) {
  auto* row = new FlowLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  quantity_ = new QComboBox;
  quantity_->setObjectName(QStringLiteral("channels_quantity"));
  quantity_->addItems({tr("Use of the budget, %"), tr("Margin, bits")});
  quantity_->setAccessibleName(tr("What the colour tells"));
  quantity_->setToolTip(
      tr("Use of the budget: ‖q‖₁ as a share of what P allows [bound].\nMargin: bits left between "
         "the exact range and P [exact]."));
  row->addWidget(quantity_);
  addRange(*row);
  logarithmic_ = new QCheckBox(tr("&Log"));
  logarithmic_->setObjectName(QStringLiteral("channels_log"));
  logarithmic_->setToolTip(tr("Logarithmic colours, for shares that span decades"));
  sorted_ = new QCheckBox(tr("&Worst first"));
  sorted_->setObjectName(QStringLiteral("channels_sorted"));
  sorted_->setToolTip(tr("Sorts the channels of every layer by value; the numbers stay"));
  row->addWidget(logarithmic_);
  row->addWidget(sorted_);
  connect(quantity_, &QComboBox::currentIndexChanged, this, &ChannelControls::quantityChosen);
  connect(logarithmic_, &QCheckBox::toggled, this, &ChannelControls::colorsChanged);
  connect(sorted_, &QCheckBox::toggled, this, &ChannelControls::valuesChanged);
}

void ChannelControls::addRange(QLayout& row) {
  range_ = new QComboBox;
  range_->setObjectName(QStringLiteral("channels_range"));
  range_->addItems({tr("Colours: automatic"), tr("Colours: 0–100 %"), tr("Colours: from – to")});
  range_->setAccessibleName(tr("Range of the colours"));
  lowest_ = boundBox(tr("Lowest value of the colours"));
  lowest_->setObjectName(QStringLiteral("channels_lowest"));
  highest_ = boundBox(tr("Highest value of the colours"));
  highest_->setObjectName(QStringLiteral("channels_highest"));
  row.addWidget(range_);
  row.addWidget(lowest_);
  row.addWidget(highest_);
  connect(range_, &QComboBox::currentIndexChanged, this, &ChannelControls::rangeChosen);
  connect(lowest_, &QDoubleSpinBox::valueChanged, this, &ChannelControls::colorsChanged);
  connect(highest_, &QDoubleSpinBox::valueChanged, this, &ChannelControls::colorsChanged);
}

void ChannelControls::quantityChosen() {
  const bool shares = quantity() == ChannelQuantity::kBudgetShare;
  range_->setItemText(kFixed, shares ? tr("Colours: 0–100 %") : tr("Colours: 0–8 bits"));
  logarithmic_->setEnabled(shares);
  // Ends in another unit mean nothing.
  if (range_->currentIndex() == kManual) range_->setCurrentIndex(kAutomatic);
  Q_EMIT valuesChanged();
}

void ChannelControls::rangeChosen() {
  const bool manual = range_->currentIndex() == kManual;
  lowest_->setVisible(manual);
  highest_->setVisible(manual);
  Q_EMIT colorsChanged();
}

void ChannelControls::proposeRange(const QCPRange& range) {
  if (range_->currentIndex() == kManual) return;
  const QSignalBlocker quiet_lowest(lowest_);
  const QSignalBlocker quiet_highest(highest_);
  lowest_->setValue(range.lower);
  highest_->setValue(range.upper);
}

ChannelQuantity ChannelControls::quantity() const {
  return quantity_->currentIndex() == 0 ? ChannelQuantity::kBudgetShare
                                        : ChannelQuantity::kMarginBits;
}

ChannelOrder ChannelControls::order() const {
  return sorted_->isChecked() ? ChannelOrder::kWorstFirst : ChannelOrder::kAsTrained;
}

ChannelColors ChannelControls::colorsFor(const ChannelGrid& grid) const {
  const bool shares = grid.quantity == ChannelQuantity::kBudgetShare;
  double low = grid.lowest;
  double high = grid.highest;
  if (range_->currentIndex() == kFixed) {
    low = 0;
    high = shares ? kAllOfBudget : kFixedBits;
  } else if (range_->currentIndex() == kManual) {
    low = std::min(lowest_->value(), highest_->value());
    high = std::max(lowest_->value(), highest_->value());
  }
  const bool log = shares && logarithmic_->isChecked();
  if (log) low = std::max(low, kLeastOfLog);
  // Equal ends would leave nothing to divide by.
  if (high - low < 1e-6) high = low + 1;
  return {grid.quantity, low, high, log ? ColorScaling::kLogarithmic : ColorScaling::kLinear};
}

}  // namespace a2q::views
