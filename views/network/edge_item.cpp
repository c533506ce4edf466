// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/network/edge_item.h"

#include <QApplication>
#include <QFontMetricsF>
#include <QGraphicsScene>
#include <QPainter>
#include <QPainterPathStroker>

#include "views/common/plot_theme.h"

namespace a2q::views {
namespace {

constexpr double kHead = 6;
constexpr double kLabelGap = 5;

QFont labelFont() {
  constexpr double kSmall = 0.82;
  QFont font = QApplication::font();
  if (font.pointSizeF() > 0) font.setPointSizeF(font.pointSizeF() * kSmall);
  return font;
}

}  // namespace

EdgeItem::EdgeItem(const LayoutEdge& edge, const QString& shape, FlowDirection direction)
    : QGraphicsPathItem(edge.path),
      from_(edge.from),
      to_(edge.to),
      label_(shape),
      direction_(direction) {
  setZValue(-1);
}

void EdgeItem::setLabelShown(bool shown) {
  if (shown == label_shown_) return;
  label_shown_ = shown;
  update();
}

void EdgeItem::setStrong(bool strong) {
  if (strong == strong_) return;
  strong_ = strong;
  update();
}

QRectF EdgeItem::labelRect() const {
  const QFontMetricsF metrics(labelFont());
  const QSizeF size(metrics.horizontalAdvance(label_) + 2, metrics.height());
  const QPointF start = path().elementAt(0);
  if (direction_ == FlowDirection::kDown) {
    // Left of the line: branches leave to the right.
    return {start + QPointF(-kLabelGap - size.width(), 2), size};
  }
  return {start + QPointF(kLabelGap, -size.height() - 1), size};
}

QRectF EdgeItem::boundingRect() const {
  return path().boundingRect().adjusted(-kHead, -kHead, kHead, kHead) | labelRect();
}

QPainterPath EdgeItem::shape() const {
  QPainterPathStroker wide;
  wide.setWidth(2 * kHead);
  return wide.createStroke(path());
}

void EdgeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* /*option*/,
                     QWidget* /*widget*/) {
  const PlotTheme theme = plotTheme(scene()->palette());
  QColor color = strong_ ? scene()->palette().color(QPalette::Highlight) : theme.text;
  if (!strong_) color.setAlpha(150);
  painter->setRenderHint(QPainter::Antialiasing);
  painter->setPen(QPen(color, strong_ ? 2.4 : 1.4));
  painter->setBrush(Qt::NoBrush);
  painter->drawPath(path());
  const QPointF end = path().currentPosition();
  const QPointF along = direction_ == FlowDirection::kDown ? QPointF(0, kHead) : QPointF(kHead, 0);
  const QPointF across(along.y() * 0.6, along.x() * 0.6);
  painter->setPen(Qt::NoPen);
  painter->setBrush(color);
  painter->drawPolygon(QPolygonF{end, end - along + across, end - along - across});
  if (!label_shown_) return;
  painter->setFont(labelFont());
  painter->setPen(theme.text);
  painter->drawText(labelRect(), Qt::AlignCenter, label_);
}

}  // namespace a2q::views
