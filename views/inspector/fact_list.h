// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "views/inspector/inspector_facts.h"

class QLabel;

namespace a2q::views {

/// A bar from 0 to the budget, with its share in words: past the budget it is hatched.
class ShareBar : public QWidget {
  Q_OBJECT

 public:
  explicit ShareBar(QWidget* parent = nullptr);
  void show(const BudgetShare& share);
  [[nodiscard]] QString text() const { return share_.text; }

 protected:
  void paintEvent(QPaintEvent* event) override;
  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override;

 private:
  BudgetShare share_;
};

/// Lines of facts with room for kFactLines of them, however many are shown, and the bar.
class FactList : public QWidget {
  Q_OBJECT

 public:
  explicit FactList(QWidget* parent = nullptr);
  void show(const FactSheet& sheet);
  /// The value of the line of that name; empty when there is none.
  [[nodiscard]] QString value(const QString& name) const;
  [[nodiscard]] QString tip(const QString& name) const;
  [[nodiscard]] const ShareBar& bar() const { return *bar_; }

 private:
  struct Line {
    QLabel* name = nullptr;
    QLabel* value = nullptr;
    QLabel* source = nullptr;
  };

  std::vector<Line> lines_;
  ShareBar* bar_ = nullptr;
};

}  // namespace a2q::views
