// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/plot_navigation.h"

#include <algorithm>
#include <cmath>

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

/// Powers of ten, and 1, 2 and 5 of each where there are few powers: steps of one size, which
/// QCustomPlot takes there, write their labels over each other at the upper end.
class DecadeTicker : public QCPAxisTickerLog {
 protected:
  QVector<double> createTickVector(double step, const QCPRange& range) override {
    constexpr double kFewPowers = 40;
    constexpr int kLeastTicks = 3;
    few_ = range.lower > 0 && range.upper / range.lower < kFewPowers;
    if (!few_) return QCPAxisTickerLog::createTickVector(step, range);
    QVector<double> ticks;
    const auto last = static_cast<int>(std::ceil(std::log10(range.upper)));
    for (auto power = static_cast<int>(std::floor(std::log10(range.lower))); power <= last;
         ++power) {
      for (const double digit : {1, 2, 5}) ticks << digit * std::pow(10, power);
    }
    const auto inside =
        std::ranges::count_if(ticks, [&](double tick) { return range.contains(tick); });
    // Fewer than three of them: plain steps, which the parent's parent makes.
    // NOLINTNEXTLINE(bugprone-parent-virtual-call)
    return inside < kLeastTicks ? QCPAxisTicker::createTickVector(step, range) : ticks;
  }
  int getSubTickCount(double step) override {
    return few_ ? 0 : QCPAxisTickerLog::getSubTickCount(step);
  }

 private:
  bool few_ = false;
};

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
  axis.setTicker(QSharedPointer<QCPAxisTicker>(new DecadeTicker));
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
