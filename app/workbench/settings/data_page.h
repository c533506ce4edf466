// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QTreeWidget;

namespace a2q::workbench {

/// The page of the preferences that tells where data sets are looked for, and found.
class DataPage : public QWidget {
  Q_OBJECT

 public:
  explicit DataPage(QWidget* parent = nullptr);

 Q_SIGNALS:
  /// The folders have been looked at.
  void filled();

 private:
  void look();

  QTreeWidget* sets_ = nullptr;
};

}  // namespace a2q::workbench
