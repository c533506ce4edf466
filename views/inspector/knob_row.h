// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <optional>

#include "views/inspector/knob_state.h"

class QGridLayout;
class QLabel;
class QSlider;
class QSpinBox;

namespace a2q::views {

/// One width: its letter, a slider over what is useful and a number over all that is allowed. The
/// number below the least is the word "free", where a width may be missing.
class KnobRow : public QObject {
  Q_OBJECT

 public:
  /// Adds its widgets to a row of the grid.
  KnobRow(Knob knob, QGridLayout& grid, int row, QObject* parent);

  void show(const KnobState& state);
  [[nodiscard]] Knob knob() const { return knob_; }

 Q_SIGNALS:
  /// A person wants other bits; none: free.
  void moved(std::optional<int> bits);

 private:
  Knob knob_;
  KnobState state_;
  QLabel* letter_ = nullptr;
  QSlider* slider_ = nullptr;
  QSpinBox* number_ = nullptr;
};

}  // namespace a2q::views
