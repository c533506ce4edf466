// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/layer_axis.h"

#include <algorithm>
#include <cmath>

namespace a2q::views {
namespace {

constexpr double kNameHeight = 15;  ///< pixels a name needs
constexpr qsizetype kLongestName = 20;

QString shortened(const QString& name) {
  if (name.size() <= kLongestName) return name;
  constexpr qsizetype kEnd = kLongestName / 2;
  return name.left(kLongestName - kEnd - 1) + QStringLiteral("…") + name.right(kEnd);
}

}  // namespace

LayerTicker::LayerTicker(const QCPAxis& axis, QStringList names)
    : axis_(axis), names_(std::move(names)) {}

QVector<double> LayerTicker::createTickVector(double /*step*/, const QCPRange& range) {
  const double height = std::max(axis_.axisRect()->height(), 1);
  const double rows_a_name = kNameHeight * range.size() / height;
  const int stride = std::max(1, static_cast<int>(std::ceil(rows_a_name)));
  QVector<double> ticks;
  for (int row = 0; row < names_.size(); row += stride) {
    if (range.contains(row + 1)) ticks << row + 1;
  }
  return ticks;
}

QString LayerTicker::getTickLabel(double tick, const QLocale& /*locale*/, QChar /*format*/,
                                  int /*precision*/) {
  const int row = layerAt(tick, static_cast<std::size_t>(names_.size()));
  return row < 0 ? QString() : shortened(names_[row]);
}

int LayerTicker::getSubTickCount(double /*step*/) { return 0; }

void showLayerNames(QCPAxis& axis, const QStringList& names) {
  axis.setTicker(QSharedPointer<QCPAxisTicker>(new LayerTicker(axis, names)));
  axis.setRangeReversed(true);
  axis.setSubTicks(false);
  axis.setTickLength(0);
  axis.grid()->setVisible(false);
}

void showWholeNumbers(QCPAxis& axis) {
  const QSharedPointer<QCPAxisTickerFixed> ticker(new QCPAxisTickerFixed);
  ticker->setTickStep(1);
  ticker->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
  axis.setTicker(ticker);
  axis.setSubTicks(false);
}

void fitLayers(QCPAxis& axis, std::size_t layers) {
  axis.setRange(0.45, static_cast<double>(std::max<std::size_t>(layers, 1)) + 0.55);
}

int layerAt(double coordinate, std::size_t layers) {
  const double row = std::round(coordinate) - 1;
  return row < 0 || row >= static_cast<double>(layers) ? -1 : static_cast<int>(row);
}

}  // namespace a2q::views
