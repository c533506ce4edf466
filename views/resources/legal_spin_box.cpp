// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/resources/legal_spin_box.h"

#include <QSignalBlocker>
#include <algorithm>
#include <cstdlib>

namespace a2q::views {

LegalSpinBox::LegalSpinBox(QWidget* parent) : QSpinBox(parent) {
  setKeyboardTracking(false);
  setCorrectionMode(QAbstractSpinBox::CorrectToNearestValue);
  setRange(1, 1);
}

void LegalSpinBox::showValues(std::vector<std::int64_t> legal, std::int64_t value) {
  // What a person types meanwhile stays.
  if (legal == legal_ && value == this->value()) return;
  const QSignalBlocker silent(this);
  legal_ = std::move(legal);
  setRange(static_cast<int>(legal_.front()), static_cast<int>(legal_.back()));
  setValue(static_cast<int>(value));
}

std::ptrdiff_t LegalSpinBox::place() const {
  return std::ranges::lower_bound(legal_, value()) - legal_.begin();
}

void LegalSpinBox::stepBy(int steps) {
  const auto last = static_cast<std::ptrdiff_t>(legal_.size()) - 1;
  const auto wanted = std::clamp<std::ptrdiff_t>(place() + steps, 0, last);
  setValue(static_cast<int>(legal_[static_cast<std::size_t>(wanted)]));
  selectAll();
}

QAbstractSpinBox::StepEnabled LegalSpinBox::stepEnabled() const {
  StepEnabled can = StepNone;
  if (value() > legal_.front()) can |= StepDownEnabled;
  if (value() < legal_.back()) can |= StepUpEnabled;
  return can;
}

std::int64_t LegalSpinBox::nearest(std::int64_t value) const {
  return *std::ranges::min_element(legal_, {},
                                   [value](std::int64_t one) { return std::abs(one - value); });
}

QValidator::State LegalSpinBox::validate(QString& input, int& at) const {
  const QValidator::State state = QSpinBox::validate(input, at);
  if (state != QValidator::Acceptable) return state;
  const std::int64_t typed = valueFromText(input);
  return std::ranges::binary_search(legal_, typed) ? state : QValidator::Intermediate;
}

void LegalSpinBox::fixup(QString& input) const {
  bool sound = false;
  QString digits = input;
  if (!prefix().isEmpty() && digits.startsWith(prefix())) digits.remove(0, prefix().size());
  const qint64 typed = digits.trimmed().toLongLong(&sound);
  input = prefix() + QString::number(sound ? nearest(typed) : static_cast<std::int64_t>(value()));
}

}  // namespace a2q::views
