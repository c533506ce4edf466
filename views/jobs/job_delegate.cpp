// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/jobs/job_delegate.h"

#include <QApplication>
#include <QStyleOptionProgressBar>

#include "views/jobs/jobs_model.h"

namespace a2q::views {

void JobDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const {
  const QVariant share = index.data(JobsModel::kShareRole);
  if (!share.isValid()) return QStyledItemDelegate::paint(painter, option, index);
  constexpr int kParts = 1000;
  constexpr int kRoom = 3;
  QStyle& style = *(option.widget == nullptr ? QApplication::style() : option.widget->style());
  style.drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
  QStyleOptionProgressBar bar;
  bar.rect = option.rect.adjusted(kRoom, kRoom, -kRoom, -kRoom);
  bar.state = option.state | QStyle::State_Horizontal;
  bar.palette = option.palette;
  bar.fontMetrics = option.fontMetrics;
  bar.minimum = 0;
  bar.maximum = kParts;
  bar.progress = static_cast<int>(share.toDouble() * kParts);
  bar.text = index.data().toString();
  bar.textVisible = true;
  bar.textAlignment = Qt::AlignCenter;
  style.drawControl(QStyle::CE_ProgressBar, &bar, painter, option.widget);
}

}  // namespace a2q::views
