// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/network/network_canvas.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace a2q::views {
namespace {

constexpr double kSmallest = 0.05;
constexpr double kLargest = 4;
/// A fit never enlarges, and does not go below what can be read: a long network is scrolled.
constexpr double kReadable = 0.8;

bool isMove(int key) {
  return key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_Left || key == Qt::Key_Right ||
         key == Qt::Key_Home || key == Qt::Key_End;
}

}  // namespace

NetworkCanvas::NetworkCanvas(QWidget* parent)
    : QGraphicsView(parent), scene_(new NetworkScene(this)) {
  setScene(scene_);
  setDragMode(QGraphicsView::ScrollHandDrag);
  setTransformationAnchor(QGraphicsView::AnchorUnderMouse);
  setFrameShape(QFrame::NoFrame);
  viewport()->setCursor(Qt::ArrowCursor);
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Graph of the network"));
}

void NetworkCanvas::select(int layer) {
  selected_ = layer;
  scene_->select(layer);
  if (layer < 0) return;
  const CardItem* card = scene_->cardOf(static_cast<std::size_t>(layer));
  ensureVisible(card->mapRectToScene(card->boundingRect()), 20, 20);
}

void NetworkCanvas::fit() {
  const QRectF picture = scene_->picture();
  if (picture.isEmpty()) return;
  const QSizeF room = viewport()->size();
  const double whole = std::min(room.width() / picture.width(), room.height() / picture.height());
  const double scale = std::clamp(whole, kReadable, 1.0);
  resetTransform();
  this->scale(scale, scale);
  // What does not fit begins at its beginning.
  const double left = std::max(0.0, picture.width() - room.width() / scale) / 2;
  const double top = std::max(0.0, picture.height() - room.height() / scale) / 2;
  const bool wide = picture.width() > picture.height();
  centerOn(picture.center() - QPointF(wide ? left : 0, wide ? 0 : top));
  fitted_ = true;
}

void NetworkCanvas::zoom(double factor) {
  const double now = transform().m11();
  const double wanted = std::clamp(now * factor, kSmallest, kLargest);
  scale(wanted / now, wanted / now);
  fitted_ = false;
}

QRect NetworkCanvas::placeOf(int layer) const {
  const CardItem* card = scene_->cardOf(static_cast<std::size_t>(layer));
  const QRectF rect = card->mapRectToScene(card->box());
  return mapFromScene(rect).boundingRect().translated(viewport()->pos());
}

int NetworkCanvas::layerAt(const QPoint& place) const {
  for (QGraphicsItem* item : items(place)) {
    const auto* card = dynamic_cast<const CardItem*>(item);
    if (card == nullptr) continue;
    return static_cast<int>(card->layerAt(card->mapFromScene(mapToScene(place))));
  }
  return -1;
}

void NetworkCanvas::wheelEvent(QWheelEvent* event) {
  constexpr double kPerNotch = 1.2;
  constexpr double kNotch = 120;
  zoom(std::pow(kPerNotch, event->angleDelta().y() / kNotch));
  event->accept();
}

void NetworkCanvas::mousePressEvent(QMouseEvent* event) {
  pressed_at_ = event->pos();
  QGraphicsView::mousePressEvent(event);
}

void NetworkCanvas::mouseReleaseEvent(QMouseEvent* event) {
  QGraphicsView::mouseReleaseEvent(event);
  viewport()->setCursor(Qt::ArrowCursor);
  const int way = (event->pos() - pressed_at_).manhattanLength();
  if (way >= QApplication::startDragDistance()) {
    fitted_ = false;
    return;
  }
  if (event->button() == Qt::LeftButton) Q_EMIT layerChosen(layerAt(event->pos()));
}

void NetworkCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
  const int layer = layerAt(event->pos());
  if (layer < 0) {
    fit();
  } else {
    Q_EMIT editWanted(layer);
  }
}

bool NetworkCanvas::moveBy(Qt::Key key) {
  const int next = scene_->neighbour(selected_, key);
  if (next >= 0) Q_EMIT layerChosen(next);
  return next >= 0;
}

void NetworkCanvas::keyPressEvent(QKeyEvent* event) {
  constexpr double kStep = 1.25;
  const int key = event->key();
  if (isMove(key)) {
    // At the end of a way the key does nothing: panning instead would lose the place.
    if (!moveBy(static_cast<Qt::Key>(key))) event->accept();
  } else if (key == Qt::Key_Plus || key == Qt::Key_Equal) {
    zoom(kStep);
  } else if (key == Qt::Key_Minus) {
    zoom(1 / kStep);
  } else if (key == Qt::Key_0) {
    fit();
  } else if ((key == Qt::Key_F2 || key == Qt::Key_Return || key == Qt::Key_Enter) &&
             selected_ >= 0) {
    Q_EMIT editWanted(selected_);
  } else {
    QGraphicsView::keyPressEvent(event);
  }
}

void NetworkCanvas::contextMenuEvent(QContextMenuEvent* event) {
  if (event->reason() != QContextMenuEvent::Keyboard) {
    Q_EMIT menuWanted(layerAt(event->pos()), event->globalPos());
    return;
  }
  const QPoint place = selected_ < 0 ? rect().center() : placeOf(selected_).center();
  Q_EMIT menuWanted(selected_, mapToGlobal(place));
}

void NetworkCanvas::showTip(const QPoint& place, const QPoint& global_place) {
  const int layer = layerAt(place);
  QString text;
  if (layer >= 0 && tip) {
    text = tip(layer);
  } else {
    for (QGraphicsItem* item : items(place)) {
      if (const auto* edge = dynamic_cast<const EdgeItem*>(item)) text = edge->toolTip();
    }
  }
  QToolTip::showText(global_place, text, viewport());
}

bool NetworkCanvas::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    showTip(help->pos(), help->globalPos());
    return true;
  }
  return QGraphicsView::viewportEvent(event);
}

void NetworkCanvas::resizeEvent(QResizeEvent* event) {
  QGraphicsView::resizeEvent(event);
  if (fitted_) fit();
}

}  // namespace a2q::views
