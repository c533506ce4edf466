// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsPathItem>
#include <QString>

#include "views/network/graph_layout.h"

namespace a2q::views {

/// A connection with an arrow head; its label is the shape that flows along it.
class EdgeItem : public QGraphicsPathItem {
 public:
  EdgeItem(const LayoutEdge& edge, const QString& shape, FlowDirection direction);

  [[nodiscard]] std::size_t from() const { return from_; }
  [[nodiscard]] std::size_t to() const { return to_; }

  /// Labels are off unless a person wants them; hovering tells the shape in any case.
  void setLabelShown(bool shown);
  /// Where the label is, in the scene.
  [[nodiscard]] QRectF labelRect() const;
  /// Of the selected layer: drawn stronger.
  void setStrong(bool strong);

  [[nodiscard]] QRectF boundingRect() const override;
  [[nodiscard]] QPainterPath shape() const override;
  void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 private:
  std::size_t from_;
  std::size_t to_;
  QString label_;
  FlowDirection direction_;
  bool label_shown_ = false;
  bool strong_ = false;
};

}  // namespace a2q::views
