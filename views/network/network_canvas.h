// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsView>
#include <QPoint>
#include <functional>

#include "views/network/network_scene.h"

namespace a2q::views {

/// Shows the picture of a network: wheel zoom at the cursor, drag to pan, arrow keys along the
/// edges.
class NetworkCanvas : public QGraphicsView {
  Q_OBJECT

 public:
  explicit NetworkCanvas(QWidget* parent);

  [[nodiscard]] NetworkScene& picture() const { return *scene_; }
  /// −1: none; brings it into sight.
  void select(int layer);
  [[nodiscard]] int selected() const { return selected_; }

  void fit();
  void zoom(double factor);

  /// Where a layer is in this widget's coordinates.
  [[nodiscard]] QRect placeOf(int layer) const;

  /// Tells the rich text about a layer; asked when a person rests on it.
  std::function<QString(int)> tip;

 Q_SIGNALS:
  void layerChosen(int layer);
  void editWanted(int layer);
  void menuWanted(int layer, const QPoint& global_place);

 protected:
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  bool viewportEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  [[nodiscard]] int layerAt(const QPoint& place) const;
  [[nodiscard]] bool moveBy(Qt::Key key);
  void showTip(const QPoint& place, const QPoint& global_place);

  NetworkScene* scene_;
  QPoint pressed_at_;
  int selected_ = -1;
  bool fitted_ = true;  ///< until a person zooms
};

}  // namespace a2q::views
