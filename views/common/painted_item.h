// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <utility>

#include "views/common/qcustomplot.h"

namespace a2q::views {

/// Something a pane paints itself, in pixels, clipped to the axis rectangle of its plot.
class PaintedItem : public QCPAbstractItem {
 public:
  using Painting = std::function<void(QPainter&)>;

  /// The plot owns it.
  PaintedItem(QCustomPlot& plot, Painting painting)
      : QCPAbstractItem(&plot), painting_(std::move(painting)) {
    setSelectable(false);
  }

  double selectTest(const QPointF& /*place*/, bool /*only_selectable*/,
                    QVariant* /*details*/) const override {
    return -1;
  }

 protected:
  void draw(QCPPainter* painter) override { painting_(*painter); }

 private:
  Painting painting_;
};

}  // namespace a2q::views
