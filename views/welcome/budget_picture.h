// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace a2q::views {

/// A miniature of the L1 budget: bars of layers under the red line that none may cross.
class BudgetPicture : public QWidget {
  Q_OBJECT

 public:
  explicit BudgetPicture(QWidget* parent = nullptr);
  [[nodiscard]] QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
};

}  // namespace a2q::views
