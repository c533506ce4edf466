// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "views/common/qcustomplot.h"
#include "views/common/series_pyramid.h"

namespace a2q::views {

/// Draws a SeriesPyramid as a line. It shares the series with whoever fills it, and draws at most
/// about two points a pixel column; fewer where setDensity() asks for it, because many lines lie
/// over one another.
class PyramidPlottable : public QCPAbstractPlottable, public QCPPlottableInterface1D {
  Q_OBJECT

 public:
  PyramidPlottable(QCPAxis* keys, QCPAxis* values, std::shared_ptr<const SeriesPyramid> series);

  void setSeries(std::shared_ptr<const SeriesPyramid> series) { series_ = std::move(series); }
  [[nodiscard]] const SeriesPyramid& series() const { return *series_; }
  /// Blocks of points a pixel column; at most 1.
  void setDensity(double density) { density_ = density; }

  [[nodiscard]] int dataCount() const override;
  [[nodiscard]] double dataMainKey(int index) const override;
  [[nodiscard]] double dataSortKey(int index) const override { return dataMainKey(index); }
  [[nodiscard]] double dataMainValue(int index) const override;
  [[nodiscard]] QCPRange dataValueRange(int index) const override;
  [[nodiscard]] QPointF dataPixelPosition(int index) const override;
  [[nodiscard]] bool sortKeyIsMainKey() const override { return true; }
  [[nodiscard]] QCPDataSelection selectTestRect(const QRectF& rect,
                                                bool only_selectable) const override;
  [[nodiscard]] int findBegin(double key, bool expanded = true) const override;
  [[nodiscard]] int findEnd(double key, bool expanded = true) const override;
  QCPPlottableInterface1D* interface1D() override { return this; }
  double selectTest(const QPointF& place, bool only_selectable,
                    QVariant* details = nullptr) const override;
  QCPRange getKeyRange(bool& found, QCP::SignDomain domain = QCP::sdBoth) const override;
  QCPRange getValueRange(bool& found, QCP::SignDomain domain = QCP::sdBoth,
                         const QCPRange& keys = QCPRange()) const override;

 protected:
  void draw(QCPPainter* painter) override;
  void drawLegendIcon(QCPPainter* painter, const QRectF& rect) const override;

 private:
  std::shared_ptr<const SeriesPyramid> series_;
  double density_ = 1;
  std::vector<SeriesPoint> points_;  ///< kept between drawings: no allocation
  QVector<QPointF> line_;
};

/// A pen that stays one pixel wide at width 1 or less, which is drawn much faster than others.
[[nodiscard]] QPen linePen(const QColor& color, double width, Qt::PenStyle style = Qt::SolidLine);

}  // namespace a2q::views
