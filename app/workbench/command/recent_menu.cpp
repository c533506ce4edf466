// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/command/recent_menu.h"

#include <QFileInfo>

#include "views/common/plain_tip.h"

namespace a2q::workbench {

RecentMenu::RecentMenu(std::function<QStringList()> files, QWidget* parent)
    : QMenu(tr("Open r&ecent"), parent), files_(std::move(files)) {
  setObjectName(QStringLiteral("open_recent"));
  setToolTipsVisible(true);
  connect(this, &QMenu::aboutToShow, this, &RecentMenu::fill);
}

void RecentMenu::fill() {
  clear();
  int number = 0;
  for (const QString& path : files_()) {
    ++number;
    QString name = QFileInfo(path).fileName();
    name.replace(QLatin1Char('&'), QLatin1String("&&"));
    const QString mark = number < 10 ? QStringLiteral("&%1  ").arg(number) : QString();
    QAction* const action = addAction(mark + name);
    const QString tip = reason_.isEmpty() ? path : path + QLatin1Char('\n') + reason_;
    action->setToolTip(views::plainTip(tip));
    action->setStatusTip(tip);
    action->setEnabled(reason_.isEmpty());
    connect(action, &QAction::triggered, this, [this, path] { Q_EMIT chosen(path); });
  }
  if (number == 0) {
    addAction(tr("Nothing was opened yet"))->setEnabled(false);
    return;
  }
  addSeparator();
  connect(addAction(tr("&Clear this list")), &QAction::triggered, this, &RecentMenu::cleared);
}

}  // namespace a2q::workbench
