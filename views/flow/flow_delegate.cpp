// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/flow/flow_delegate.h"

#include <QApplication>
#include <QListView>
#include <QPainter>
#include <QPainterPath>

#include "views/common/plot_theme.h"

namespace a2q::views {
namespace {

constexpr int kInset = 8;
constexpr int kSign = 18;
constexpr int kGap = 8;

QFont boldOf(QFont font) {
  font.setBold(true);
  return font;
}

QFont smallOf(QFont font) {
  constexpr double kSmall = 0.9;
  if (font.pointSizeF() > 0) font.setPointSizeF(font.pointSizeF() * kSmall);
  return font;
}

/// What text has of a row of this width.
int textWidth(int row) { return std::max(40, row - 2 * kInset - kSign - kGap); }

int linesHeight(const QFont& font, int width, const QString& text) {
  if (text.isEmpty()) return 0;
  return QFontMetrics(font)
      .boundingRect(QRect(0, 0, width, 10000), Qt::TextWordWrap | Qt::AlignLeft, text)
      .height();
}

void paintTick(QPainter& painter, const QRectF& s) {
  painter.drawPolyline(QPolygonF{s.topLeft() + QPointF(0.24 * s.width(), 0.53 * s.height()),
                                 s.topLeft() + QPointF(0.43 * s.width(), 0.71 * s.height()),
                                 s.topLeft() + QPointF(0.77 * s.width(), 0.31 * s.height())});
}

void paintTurn(QPainter& painter, const QRectF& s, const QColor& color) {
  const QRectF ring = s.adjusted(3, 3, -3, -3);
  painter.drawArc(ring, 60 * 16, 290 * 16);
  QPainterPath head;
  const QPointF tip(ring.center().x() + ring.width() * 0.30, ring.top() + 1.0);
  head.moveTo(tip + QPointF(-4.5, -3.5));
  head.lineTo(tip + QPointF(2.5, 0.5));
  head.lineTo(tip + QPointF(-4, 4.5));
  head.closeSubpath();
  painter.fillPath(head, color);
}

}  // namespace

void paintStateSign(QPainter& painter, const QRectF& square, StepState state,
                    const QPalette& palette) {
  const PlotTheme theme = plotTheme(palette);
  const QRectF s = square.adjusted(1, 1, -1, -1);
  const QPointF center = s.center();
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  const auto pen = [](const QColor& color, double width) {
    return QPen(color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
  };
  switch (state) {
    case StepState::kDone:
      painter.setPen(Qt::NoPen);
      painter.setBrush(theme.first);
      painter.drawEllipse(s);
      painter.setPen(pen(theme.background, 2.2));
      paintTick(painter, s);
      break;
    case StepState::kStale:
      painter.setPen(pen(theme.second, 2));
      paintTurn(painter, s, theme.second);
      break;
    case StepState::kReady: {
      painter.setPen(Qt::NoPen);
      painter.setBrush(theme.text);
      painter.drawPolygon(QPolygonF{s.topLeft() + QPointF(3, 1), QPointF(s.right() - 1, center.y()),
                                    s.bottomLeft() + QPointF(3, -1)});
      break;
    }
    case StepState::kRunning:
      painter.setPen(Qt::NoPen);
      painter.setBrush(theme.first);
      for (const double at : {-5.5, 0.0, 5.5}) {
        painter.drawEllipse(center + QPointF(at, 0), 2.1, 2.1);
      }
      break;
    case StepState::kBlocked:
      painter.setPen(pen(theme.limit, 2));
      painter.setBrush(Qt::NoBrush);
      painter.drawEllipse(s.adjusted(1, 1, -1, -1));
      painter.drawLine(center + QPointF(-4.2, 0), center + QPointF(4.2, 0));
      break;
  }
  painter.restore();
}

void FlowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
  const bool focused = option.state.testFlag(QStyle::State_HasFocus);
  QStyleOptionViewItem ground = option;
  // A step is a button, not a choice: only the keyboard's place is marked.
  ground.state.setFlag(QStyle::State_Selected, false);
  QApplication::style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &ground, painter,
                                       option.widget);
  const auto state = static_cast<StepState>(index.data(kStateRole).toInt());
  const QRect row = option.rect;
  const QRect sign(row.left() + kInset, row.top() + kInset, kSign, kSign);
  paintStateSign(*painter, sign, state, option.palette);
  const int width = textWidth(row.width());
  const int left = sign.right() + kGap;
  const QFont bold = boldOf(option.font);
  const QFontMetrics title_metrics(bold);
  const QFont small = smallOf(option.font);
  painter->save();
  painter->setPen(option.palette.color(QPalette::Text));
  painter->setFont(bold);
  const QString title = index.data(Qt::DisplayRole).toString();
  painter->drawText(QRect(left, row.top() + kInset, width, title_metrics.height()),
                    Qt::AlignLeft | Qt::AlignVCenter,
                    title_metrics.elidedText(title, Qt::ElideRight, width));
  const int used = title_metrics.horizontalAdvance(title) + kGap;
  painter->setFont(small);
  const QString word = stateText(state);
  if (used + QFontMetrics(small).horizontalAdvance(word) <= width) {
    painter->drawText(QRect(left, row.top() + kInset, width, title_metrics.height()),
                      Qt::AlignRight | Qt::AlignVCenter, word);
  }
  painter->drawText(QRect(left, row.top() + kInset + title_metrics.height() + 2, width,
                          row.height() - kInset - title_metrics.height()),
                    Qt::TextWordWrap | Qt::AlignLeft | Qt::AlignTop,
                    index.data(kSummaryRole).toString());
  if (focused) {
    painter->setPen(QPen(option.palette.color(QPalette::Highlight), 2));
    painter->drawRoundedRect(QRectF(row).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4);
  }
  painter->restore();
}

QSize FlowDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const auto* list = qobject_cast<const QListView*>(option.widget);
  const int row = list == nullptr ? option.rect.width() : list->viewport()->width();
  const int text =
      linesHeight(smallOf(option.font), textWidth(row), index.data(kSummaryRole).toString());
  const int title = QFontMetrics(boldOf(option.font)).height();
  return {row, std::max(kSign, title + 2 + text) + 2 * kInset};
}

}  // namespace a2q::views
