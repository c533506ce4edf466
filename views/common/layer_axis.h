// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include "views/common/qcustomplot.h"

namespace a2q::views {

/// Names of layers down an axis, row i at i + 1; names that would touch are left out, long ones are
/// shortened in the middle.
class LayerTicker : public QCPAxisTicker {
 public:
  LayerTicker(const QCPAxis& axis, QStringList names);

 protected:
  QVector<double> createTickVector(double step, const QCPRange& range) override;
  QString getTickLabel(double tick, const QLocale& locale, QChar format, int precision) override;
  int getSubTickCount(double step) override;

 private:
  const QCPAxis& axis_;
  QStringList names_;
};

/// Makes an axis one of layers: reversed, without ticks and grid, one row a name.
void showLayerNames(QCPAxis& axis, const QStringList& names);

/// Ticks at whole numbers only, for axes of channels and integer levels.
void showWholeNumbers(QCPAxis& axis);

/// All rows, with half a row of room at both ends.
void fitLayers(QCPAxis& axis, std::size_t layers);

/// The row at a coordinate of that axis, −1 beside the rows.
[[nodiscard]] int layerAt(double coordinate, std::size_t layers);

}  // namespace a2q::views
