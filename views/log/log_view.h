// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace a2q::views {

/// Lines with the time they arrived, the newest at the bottom.
class LogView : public QPlainTextEdit {
  Q_OBJECT

 public:
  explicit LogView(QWidget* parent = nullptr);
  void addLine(const QString& text);
};

}  // namespace a2q::views
