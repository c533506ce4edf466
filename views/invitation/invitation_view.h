// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace a2q::views {

/// What is loaded, in two lines, and the button that trains it.
class InvitationView : public QFrame {
  Q_OBJECT

 public:
  explicit InvitationView(QWidget* parent = nullptr);
  void showText(const QString& title, const QString& text);

 Q_SIGNALS:
  void startWanted();

 private:
  QLabel* title_ = nullptr;
  QLabel* text_ = nullptr;
  QPushButton* start_ = nullptr;
};

}  // namespace a2q::views
