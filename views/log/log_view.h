// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include "views/log/log_model.h"

class QComboBox;
class QLineEdit;
class QListView;

namespace a2q::views {

/// Lines with the time they arrived, the newest at the bottom; it follows the end until a person
/// scrolls up, and again when the end is reached.
class LogView : public QWidget {
  Q_OBJECT

 public:
  explicit LogView(QWidget* parent = nullptr);

  void addLine(const QString& text, LogLevel level = LogLevel::kInfo);
  void setFilter(const QString& text, LogLevel least = LogLevel::kInfo);
  /// The lines that pass the filter, one below the other.
  [[nodiscard]] QString text() const;
  [[nodiscard]] int lineCount() const;

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QWidget* makeFilterLine();
  void applyFilter();
  void copyChosen();
  void askAndSave();
  void showMenu(const QPoint& place);
  [[nodiscard]] bool atEnd() const;

  LogModel* model_ = nullptr;
  LogProxy* proxy_ = nullptr;
  QListView* list_ = nullptr;
  QLineEdit* filter_ = nullptr;
  QComboBox* level_ = nullptr;
  QTimer scroll_;
};

}  // namespace a2q::views
