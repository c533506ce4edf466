// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/flow/flow_view.h"

#include <QKeyEvent>
#include <QListWidget>
#include <QVBoxLayout>

#include "views/common/plain_tip.h"
#include "views/flow/flow_delegate.h"

namespace a2q::views {
namespace {

constexpr int kNarrowest = 150;
constexpr int kUsual = 210;

}  // namespace

FlowView::FlowView(QWidget* parent) : QWidget(parent), list_(new QListWidget) {
  list_->setItemDelegate(new FlowDelegate(list_));
  list_->setFrameShape(QFrame::NoFrame);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  list_->setResizeMode(QListView::Adjust);
  list_->setMouseTracking(true);
  list_->setAccessibleName(tr("Steps from data to a proven network"));
  list_->installEventFilter(this);
  setFocusProxy(list_);
  setMinimumWidth(kNarrowest);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(list_);
  connect(list_, &QListWidget::itemClicked, this,
          [this](QListWidgetItem* item) { activate(list_->row(item)); });
}

QSize FlowView::sizeHint() const { return {kUsual, 420}; }

void FlowView::fill(QListWidgetItem& item, const FlowStep& step, int number) {
  const QString line = step.reason.isEmpty()    ? step.summary
                       : step.summary.isEmpty() ? step.reason
                                                : step.summary + QLatin1Char('\n') + step.reason;
  item.setText(QStringLiteral("%1 %2").arg(number).arg(step.title));
  item.setData(FlowDelegate::kStateRole, static_cast<int>(step.state));
  item.setData(FlowDelegate::kSummaryRole, line);
  item.setToolTip(
      plainTip(QStringLiteral("%1: %2\n%3").arg(step.title, stateText(step.state), line)));
  item.setData(Qt::AccessibleTextRole,
               QStringLiteral("%1, %2").arg(step.title, stateText(step.state)));
  item.setData(Qt::AccessibleDescriptionRole, line);
}

void FlowView::showSteps(std::vector<FlowStep> steps) {
  if (steps == steps_) return;
  const bool same_count = steps.size() == steps_.size();
  steps_ = std::move(steps);
  if (!same_count) list_->clear();
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    const int row = static_cast<int>(i);
    if (!same_count) list_->addItem(new QListWidgetItem);
    fill(*list_->item(row), steps_[i], row + 1);
  }
  if (list_->currentRow() < 0 && !steps_.empty()) list_->setCurrentRow(0);
  // Rows are as high as their words need.
  list_->doItemsLayout();
}

void FlowView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  list_->doItemsLayout();
}

void FlowView::activate(int row) {
  if (row < 0 || row >= static_cast<int>(steps_.size())) return;
  Q_EMIT stepActivated(steps_[static_cast<std::size_t>(row)].id);
}

bool FlowView::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress) {
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool enters =
        key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter || key->key() == Qt::Key_Space;
    if (enters) {
      activate(list_->currentRow());
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace a2q::views
