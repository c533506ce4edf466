// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inspector/knob_row.h"

#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
#include <algorithm>

namespace a2q::views {
namespace {

QString letterOf(Knob knob) {
  if (knob == Knob::kAccumulator) return QStringLiteral("P");
  return knob == Knob::kWeights ? QStringLiteral("M") : QStringLiteral("N");
}

QString nameOf(Knob knob) {
  switch (knob) {
    case Knob::kAccumulator: return KnobRow::tr("P, accumulator bits");
    case Knob::kWeights: return KnobRow::tr("M, weight bits");
    case Knob::kActivations: return KnobRow::tr("N, input bits");
  }
  return {};
}

}  // namespace

KnobRow::KnobRow(Knob knob, QGridLayout& grid, int row, QObject* parent)
    : QObject(parent),
      knob_(knob),
      letter_(new QLabel(letterOf(knob))),
      slider_(new QSlider(Qt::Horizontal)),
      number_(new QSpinBox) {
  const QString letter = letterOf(knob);
  slider_->setObjectName(letter + QStringLiteral("_slider"));
  slider_->setAccessibleName(nameOf(knob));
  slider_->setPageStep(1);
  slider_->setTickPosition(QSlider::TicksBelow);
  slider_->setTickInterval(1);
  number_->setObjectName(letter + QStringLiteral("_number"));
  number_->setAccessibleName(nameOf(knob));
  number_->setKeyboardTracking(false);
  letter_->setBuddy(number_);
  grid.addWidget(letter_, row, 0);
  grid.addWidget(slider_, row, 1);
  grid.addWidget(number_, row, 2);
  connect(slider_, &QSlider::valueChanged, this, [this](int bits) { Q_EMIT moved(bits); });
  connect(number_, &QSpinBox::valueChanged, this, [this](int bits) {
    const bool is_free = state_.may_be_free && bits < state_.allowed.least;
    Q_EMIT moved(is_free ? std::nullopt : std::optional(bits));
  });
}

void KnobRow::show(const KnobState& state) {
  const QSignalBlocker quiet_slider(slider_);
  const QSignalBlocker quiet_number(number_);
  state_ = state;
  const bool movable = state.blocked.isEmpty();
  const bool missing = !state.bits;
  // Free, or unknown: below the least number, where the word stands.
  number_->setSpecialValueText(!missing && !state.may_be_free ? QString()
                               : state.may_be_free            ? tr("free")
                                                              : QStringLiteral("–"));
  const bool has_word = missing || state.may_be_free;
  number_->setRange(state.allowed.least - (has_word ? 1 : 0), state.allowed.most);
  number_->setValue(state.bits.value_or(number_->minimum()));
  slider_->setRange(state.useful.least, state.useful.most);
  slider_->setValue(state.bits.value_or(state.useful.most));
  const QString tip = movable ? state.tip : state.blocked;
  for (QWidget* widget : {static_cast<QWidget*>(slider_), static_cast<QWidget*>(number_)}) {
    widget->setEnabled(movable);
    widget->setToolTip(tip);
    widget->setAccessibleDescription(tip);
  }
  letter_->setToolTip(tip);
}

}  // namespace a2q::views
