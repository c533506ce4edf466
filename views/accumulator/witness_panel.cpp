// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/accumulator/witness_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include "views/accumulator/witness_box.h"
#include "views/accumulator/witness_curve.h"
#include "views/accumulator/witness_text.h"

namespace a2q::views {

WitnessPanel::WitnessPanel(QWidget* parent)
    : QWidget(parent), title_(new QLabel), curve_(new WitnessCurve), box_(new WitnessBox) {
  setObjectName(QStringLiteral("witness"));
  setAccessibleName(tr("Witness"));
  title_->setWordWrap(true);
  title_->setTextFormat(Qt::PlainText);
  QFont bold = title_->font();
  bold.setBold(true);
  title_->setFont(bold);
  high_ = addSide(tr("&High end"), WitnessSide::kHigh);
  high_->setObjectName(QStringLiteral("witness_high"));
  low_ = addSide(tr("Lo&w end"), WitnessSide::kLow);
  low_->setObjectName(QStringLiteral("witness_low"));
  auto* close = new QToolButton;
  close->setText(QStringLiteral("✕"));
  close->setAutoRaise(true);
  close->setAccessibleName(tr("Close the witness"));
  close->setToolTip(close->accessibleName());
  connect(close, &QToolButton::clicked, this, &WitnessPanel::closeWanted);
  auto* head = new QHBoxLayout;
  head->addWidget(title_, 1);
  head->addWidget(high_);
  head->addWidget(low_);
  head->addWidget(close);
  auto* parts = new QSplitter(Qt::Horizontal);
  parts->addWidget(curve_);
  auto* scroll = new QScrollArea;
  scroll->setWidget(box_);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  parts->addWidget(scroll);
  parts->setStretchFactor(0, 3);
  parts->setStretchFactor(1, 2);
  parts->setChildrenCollapsible(false);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 4, 0, 0);
  column->addLayout(head);
  column->addWidget(parts, 1);
}

QPushButton* WitnessPanel::addSide(const QString& text, WitnessSide side) {
  auto* button = new QPushButton(text);
  button->setCheckable(true);
  button->setToolTip(side == WitnessSide::kHigh ? tr("The input that attains hi")
                                                : tr("The input that attains lo"));
  connect(button, &QPushButton::clicked, this, [this, button, side] {
    // What is shown decides, not the click: the answer comes later.
    button->setChecked(!button->isChecked());
    Q_EMIT sideWanted(layer_, channel_, side);
  });
  return button;
}

void WitnessPanel::show(const WitnessShown& shown) {
  const bool answered = shown.problem.isEmpty();
  layer_ = QString::fromStdString(shown.answer.layer);
  channel_ = static_cast<int>(shown.answer.channel);
  title_->setText(answered ? witnessTitle(shown.answer) : tr("No witness"));
  high_->setVisible(answered);
  low_->setVisible(answered);
  curve_->setVisible(answered);
  high_->setChecked(shown.answer.side == WitnessSide::kHigh);
  low_->setChecked(shown.answer.side == WitnessSide::kLow);
  if (answered) curve_->show(shown.answer);
  box_->show(shown);
}

}  // namespace a2q::views
