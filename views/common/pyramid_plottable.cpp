// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/pyramid_plottable.h"

#include <algorithm>
#include <cmath>

namespace a2q::views {

QPen linePen(const QColor& color, double width, Qt::PenStyle style) {
  QPen pen(color, width > 1 ? width : 0, style);
  pen.setJoinStyle(Qt::BevelJoin);
  return pen;
}

PyramidPlottable::PyramidPlottable(QCPAxis* keys, QCPAxis* values,
                                   std::shared_ptr<const SeriesPyramid> series)
    : QCPAbstractPlottable(keys, values), series_(std::move(series)) {}

int PyramidPlottable::dataCount() const { return static_cast<int>(series_->size()); }

double PyramidPlottable::dataMainKey(int index) const {
  return series_->key(static_cast<std::size_t>(index));
}

double PyramidPlottable::dataMainValue(int index) const {
  return series_->value(static_cast<std::size_t>(index));
}

QCPRange PyramidPlottable::dataValueRange(int index) const {
  return {dataMainValue(index), dataMainValue(index)};
}

QPointF PyramidPlottable::dataPixelPosition(int index) const {
  return coordsToPixels(dataMainKey(index), dataMainValue(index));
}

QCPDataSelection PyramidPlottable::selectTestRect(const QRectF& /*rect*/,
                                                  bool /*only_selectable*/) const {
  return QCPDataSelection();
}

int PyramidPlottable::findBegin(double key, bool expanded) const {
  const auto index = static_cast<int>(series_->indexAtOrAfter(key));
  return expanded ? std::max(0, index - 1) : index;
}

int PyramidPlottable::findEnd(double key, bool expanded) const {
  auto index = static_cast<int>(series_->indexAtOrAfter(key));
  if (index < dataCount() && dataMainKey(index) <= key) ++index;
  return expanded ? std::min(dataCount(), index + 1) : index;
}

double PyramidPlottable::selectTest(const QPointF& place, bool /*only_selectable*/,
                                    QVariant* /*details*/) const {
  if (series_->empty() || !mKeyAxis || !mValueAxis) return -1;
  double key = 0;
  double value = 0;
  pixelsToCoords(place, key, value);
  double nearest = -1;
  for (int i = findBegin(key); i < findEnd(key); ++i) {
    if (std::isnan(dataMainValue(i))) continue;
    const QPointF apart = dataPixelPosition(i) - place;
    const double distance = std::hypot(apart.x(), apart.y());
    if (nearest < 0 || distance < nearest) nearest = distance;
  }
  return nearest;
}

QCPRange PyramidPlottable::getKeyRange(bool& found, QCP::SignDomain domain) const {
  found = !series_->empty() && domain != QCP::sdNegative;
  if (!found) return {};
  return {series_->key(0), series_->key(series_->size() - 1)};
}

QCPRange PyramidPlottable::getValueRange(bool& found, QCP::SignDomain domain,
                                         const QCPRange& keys) const {
  const bool all = keys == QCPRange();
  const std::size_t first = all ? 0 : series_->indexAtOrAfter(keys.lower);
  const std::size_t last =
      all ? series_->size() : static_cast<std::size_t>(findEnd(keys.upper, false));
  const ValueRange range =
      domain == QCP::sdPositive ? series_->positiveRange(first, last) : series_->range(first, last);
  found = !std::isnan(range.low);
  return found ? QCPRange(range.low, range.high) : QCPRange();
}

void PyramidPlottable::draw(QCPPainter* painter) {
  if (series_->empty() || !mKeyAxis || !mValueAxis) return;
  const QCPRange keys = mKeyAxis->range();
  const int first = findBegin(keys.lower);
  const int last = findEnd(keys.upper);
  if (first >= last) return;
  const double span = std::abs(mKeyAxis->coordToPixel(dataMainKey(last - 1)) -
                               mKeyAxis->coordToPixel(dataMainKey(first)));
  const auto buckets = static_cast<std::size_t>(std::max(1.0, span * density_));
  series_->envelope(static_cast<std::size_t>(first), static_cast<std::size_t>(last), buckets,
                    points_);
  // Smooth edges cost five times the drawing, and a long line does not look better with them.
  constexpr std::size_t kManyPoints = 400;
  if (points_.size() > kManyPoints || mPen.widthF() <= 1) {
    painter->setAntialiasing(false);
  } else {
    applyDefaultAntialiasingHint(painter);
  }
  painter->setPen(mPen);
  painter->setBrush(Qt::NoBrush);
  line_.clear();
  // A thick polyline is outlined as one large shape, which takes long; its pieces do not.
  const bool in_pieces = mPen.widthF() > 1 && !painter->modes().testFlag(QCPPainter::pmVectorized);
  const auto flush = [&] {
    if (line_.size() == 1) line_.push_back(line_.front() + QPointF(1, 0));
    if (in_pieces) {
      for (qsizetype i = 1; i < line_.size(); ++i) painter->drawLine(line_[i - 1], line_[i]);
    } else if (!line_.isEmpty()) {
      painter->drawPolyline(line_.constData(), static_cast<int>(line_.size()));
    }
    line_.clear();
  };
  for (const SeriesPoint& point : points_) {
    if (std::isnan(point.value)) {
      flush();
    } else {
      line_.push_back(coordsToPixels(point.key, point.value));
    }
  }
  flush();
}

void PyramidPlottable::drawLegendIcon(QCPPainter* painter, const QRectF& rect) const {
  applyDefaultAntialiasingHint(painter);
  painter->setPen(mPen);
  painter->drawLine(QLineF(rect.left(), rect.center().y(), rect.right() + 5, rect.center().y()));
}

}  // namespace a2q::views
