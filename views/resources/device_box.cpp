// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/resources/device_box.h"

#include "hw_backend/device/board.h"

namespace a2q::views {

DeviceBox::DeviceBox(QWidget* parent) : QComboBox(parent) {
  setObjectName(QStringLiteral("resources_device"));
  setAccessibleName(tr("Board or device"));
  setToolTip(tr("The board or FPGA that the network is to fit"));
  setSizeAdjustPolicy(AdjustToMinimumContentsLengthWithIcon);
  setMinimumContentsLength(11);
  for (const Board& board : boards()) {
    if (board.device == nullptr) continue;
    addItem(QString::fromStdString(board.title), QString::fromStdString(board.name));
    setItemData(count() - 1, tr("Board with %1").arg(QString::fromStdString(board.device->part)),
                Qt::ToolTipRole);
  }
  insertSeparator(count());
  for (const Device& device : devices()) {
    addItem(QString::fromStdString(device.part), QString::fromStdString(device.name));
    setItemData(count() - 1, QString::fromStdString(device.family->title), Qt::ToolTipRole);
  }
  connect(this, &QComboBox::activated, this,
          [this](int index) { Q_EMIT placeWanted(itemData(index).toString()); });
}

void DeviceBox::showPlace(const QString& name) { setCurrentIndex(findData(name)); }

}  // namespace a2q::views
