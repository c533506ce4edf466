// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>

namespace a2q::views {

/// Every board and every device that an estimate can be for; the data of an item is its name.
class DeviceBox : public QComboBox {
  Q_OBJECT

 public:
  explicit DeviceBox(QWidget* parent = nullptr);

  /// Emits nothing.
  void showPlace(const QString& name);

 Q_SIGNALS:
  void placeWanted(const QString& name);
};

}  // namespace a2q::views
