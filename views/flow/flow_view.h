// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "views/flow/flow_step.h"

class QListWidget;
class QListWidgetItem;

namespace a2q::views {

/// The checklist at the side of the window. A click, Enter or Space on a step asks for its place.
class FlowView : public QWidget {
  Q_OBJECT

 public:
  explicit FlowView(QWidget* parent = nullptr);

  /// Draws only what differs from before.
  void showSteps(std::vector<FlowStep> steps);

  [[nodiscard]] QListWidget& list() const { return *list_; }
  [[nodiscard]] QSize sizeHint() const override;

 Q_SIGNALS:
  void stepActivated(a2q::views::StepId step);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void fill(QListWidgetItem& item, const FlowStep& step, int number);
  void activate(int row);

  std::vector<FlowStep> steps_;
  QListWidget* list_ = nullptr;
};

}  // namespace a2q::views
