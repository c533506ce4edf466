// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "views/channels/channel_map.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;

namespace a2q::views {

/// The choices of the channel map: quantity, colour range, logarithmic colours, order.
class ChannelControls : public QWidget {
  Q_OBJECT

 public:
  explicit ChannelControls(QWidget* parent = nullptr);

  [[nodiscard]] ChannelQuantity quantity() const;
  [[nodiscard]] ChannelOrder order() const;
  /// Colours for the values of that grid under these choices.
  [[nodiscard]] ChannelColors colorsFor(const ChannelGrid& grid) const;
  /// What the manual range starts from: the colours that are seen.
  void proposeRange(const QCPRange& range);

 Q_SIGNALS:
  /// Quantity or order: other values.
  void valuesChanged();
  /// Range or scale: other colours.
  void colorsChanged();

 private:
  void addRange(class QLayout& row);
  void quantityChosen();
  void rangeChosen();

  QComboBox* quantity_ = nullptr;
  QComboBox* range_ = nullptr;
  QDoubleSpinBox* lowest_ = nullptr;
  QDoubleSpinBox* highest_ = nullptr;
  QCheckBox* logarithmic_ = nullptr;
  QCheckBox* sorted_ = nullptr;
};

}  // namespace a2q::views
