// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>
#include <QStringList>
#include <functional>

namespace a2q::workbench {

/// The submenu "Open recent": the files opened last, made anew each time it opens.
class RecentMenu : public QMenu {
  Q_OBJECT

 public:
  /// `files` tells the paths, most recent first.
  RecentMenu(std::function<QStringList()> files, QWidget* parent);

  /// Why none can be opened now; empty: they can.
  void setReason(const QString& reason) { reason_ = reason; }

 Q_SIGNALS:
  void chosen(const QString& path);
  void cleared();

 private:
  void fill();

  std::function<QStringList()> files_;
  QString reason_;
};

}  // namespace a2q::workbench
