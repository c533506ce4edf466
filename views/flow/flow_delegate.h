// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

#include "views/flow/flow_step.h"

namespace a2q::views {

/// The sign of a state in a square: a tick, a circle arrow, a triangle, three dots, a barred
/// circle.
void paintStateSign(QPainter& painter, const QRectF& square, StepState state,
                    const QPalette& palette);

/// Draws a step: sign, title with the state in words, and below it the summary or the reason in as
/// many lines as the width needs.
class FlowDelegate : public QStyledItemDelegate {
  Q_OBJECT

 public:
  enum Role { kStateRole = Qt::UserRole, kSummaryRole };

  using QStyledItemDelegate::QStyledItemDelegate;

  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override;
  [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                               const QModelIndex& index) const override;
};

}  // namespace a2q::views
