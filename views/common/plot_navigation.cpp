// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/plot_navigation.h"

#include <algorithm>

#include "views/common/qcustomplot.h"

namespace a2q::views {
namespace {

constexpr Qt::Orientation kBoth[] = {Qt::Horizontal, Qt::Vertical};

/// Moves both ends by pixels, which is right on every scale.
void movePixels(QCPAxis& axis, double pixels) {
  const QCPRange range = axis.range();
  axis.setRange(axis.pixelToCoord(axis.coordToPixel(range.lower) + pixels),
                axis.pixelToCoord(axis.coordToPixel(range.upper) + pixels));
}

QCPRange positiveValues(QCPAxis& axis) {
  QCPRange all(0, 0);
  for (const QCPAbstractPlottable* plottable : axis.plottables()) {
    if (!plottable->realVisibility()) continue;
    bool found = false;
    const QCPRange range = plottable->valueAxis() == &axis
                               ? plottable->getValueRange(found, QCP::sdPositive)
                               : plottable->getKeyRange(found, QCP::sdPositive);
    if (!found) continue;
    all = all.upper > 0 ? all.expanded(range) : range;
  }
  return all;
}

}  // namespace

void zoom(QCPAxisRect& rect, double factor) {
  for (const Qt::Orientation orientation : kBoth) {
    for (QCPAxis* axis : rect.rangeZoomAxes(orientation)) {
      const QPoint middle = rect.rect().center();
      axis->scaleRange(factor,
                       axis->pixelToCoord(orientation == Qt::Horizontal ? middle.x() : middle.y()));
    }
  }
}

void pan(QCPAxisRect& rect, QPointF share) {
  for (QCPAxis* axis : rect.rangeDragAxes(Qt::Horizontal)) {
    movePixels(*axis, share.x() * rect.width());
  }
  for (QCPAxis* axis : rect.rangeDragAxes(Qt::Vertical)) {
    movePixels(*axis, share.y() * rect.height());
  }
}

void zoomTo(QCPAxisRect& rect, const QRect& box) {
  const QRect inside = box.normalized().intersected(rect.rect());
  if (inside.isEmpty()) return;
  for (QCPAxis* axis : rect.rangeZoomAxes(Qt::Horizontal)) {
    axis->setRange(axis->pixelToCoord(inside.left()), axis->pixelToCoord(inside.right()));
  }
  for (QCPAxis* axis : rect.rangeZoomAxes(Qt::Vertical)) {
    axis->setRange(axis->pixelToCoord(inside.top()), axis->pixelToCoord(inside.bottom()));
  }
}

AxisScale scaleOf(const QCPAxis& axis) {
  return axis.scaleType() == QCPAxis::stLogarithmic ? AxisScale::kLogarithmic : AxisScale::kLinear;
}

void setScale(QCPAxis& axis, AxisScale scale) {
  constexpr double kDecades = 1e-3;
  if (scaleOf(axis) == scale) return;
  if (scale == AxisScale::kLinear) {
    axis.setScaleType(QCPAxis::stLinear);
    axis.setTicker(QSharedPointer<QCPAxisTicker>::create());
    return;
  }
  QCPRange range = axis.range();
  if (range.lower <= 0) {
    const QCPRange data = positiveValues(axis);
    if (range.upper <= 0) range.upper = data.upper > 0 ? data.upper : 1;
    range.lower = data.lower > 0 ? std::min(data.lower, range.upper / 2) : range.upper * kDecades;
    axis.setRange(range);
  }
  axis.setScaleType(QCPAxis::stLogarithmic);
  axis.setTicker(QSharedPointer<QCPAxisTickerLog>::create());
}

QCPAxis* keyAxisOf(const QCPAxisRect& rect) {
  for (QCPAxis* axis : rect.axes()) {
    for (const QCPAbstractPlottable* plottable : axis->plottables()) {
      if (plottable->keyAxis() == axis) return axis;
    }
  }
  return nullptr;
}

}  // namespace a2q::views
