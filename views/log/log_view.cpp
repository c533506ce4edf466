// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/log/log_view.h"

#include <QTime>

namespace a2q::views {

LogView::LogView(QWidget* parent) : QPlainTextEdit(parent) {
  constexpr int kMostLines = 10'000;
  constexpr QSize kSmallest(300, 110);
  setMinimumSize(kSmallest);
  setObjectName(QStringLiteral("log"));
  setAccessibleName(tr("Log"));
  setReadOnly(true);
  setMaximumBlockCount(kMostLines);
  setTabChangesFocus(true);
}

void LogView::addLine(const QString& text) {
  appendPlainText(QTime::currentTime().toString(QStringLiteral("HH:mm:ss")) + QStringLiteral("  ") +
                  text);
}

}  // namespace a2q::views
