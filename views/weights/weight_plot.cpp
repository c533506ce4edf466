// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/weights/weight_plot.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "views/common/layer_axis.h"
#include "views/common/number_text.h"
#include "views/common/qcustomplot.h"
#include "views/common/range_text.h"

namespace a2q::views {
namespace {

constexpr double kLeastOfLog = 0.5;  ///< a bar of one weight still has a height

class Words {
  Q_DECLARE_TR_FUNCTIONS(Weights)
};

QCPItemText* labelAt(QCustomPlot& plot, Qt::Alignment alignment) {
  auto* label = new QCPItemText(&plot);
  label->position->setTypeX(QCPItemPosition::ptPlotCoords);
  label->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
  label->setPositionAlignment(alignment);
  label->setTextAlignment(Qt::AlignLeft);
  label->setPadding({4, 2, 4, 2});
  label->setSelectable(false);
  return label;
}

double middleOf(const LevelBin& bin) {
  return (static_cast<double>(bin.from) + static_cast<double>(bin.to)) / 2;
}

QString levelText(const LevelBin& bin) {
  return bin.from == bin.to ? grouped(bin.from)
                            : QStringLiteral("%1 … %2").arg(grouped(bin.from), grouped(bin.to));
}

}  // namespace

WeightPlot::WeightPlot(QCustomPlot& plot) : plot_(plot) {
  plot.xAxis->setLabel(Words::tr("integer level q"));
  showWholeNumbers(*plot.xAxis);
  plot.yAxis->setLabel(Words::tr("weights"));
  levels_ = new QCPBars(plot.xAxis, plot.yAxis);
  zeros_ = new QCPBars(plot.xAxis, plot.yAxis);
  zeros_->moveAbove(levels_);
  for (QCPBars* bars : {levels_, zeros_}) {
    bars->setWidthType(QCPBars::wtPlotCoords);
    bars->setAntialiased(false);
  }
  zero_label_ = labelAt(plot, Qt::AlignLeft | Qt::AlignTop);
  for (Edge* edge : {&low_, &high_}) {
    edge->line = new QCPItemStraightLine(&plot);
    edge->line->setSelectable(false);
    edge->label =
        labelAt(plot, edge == &low_ ? Qt::AlignLeft | Qt::AlignTop : Qt::AlignRight | Qt::AlignTop);
  }
}

void WeightPlot::show(const std::optional<WeightHistogram>& histogram) {
  shown_ = histogram;
  const bool any = shown_.has_value();
  zero_label_->setVisible(any);
  for (const Edge& edge : {low_, high_}) {
    edge.line->setVisible(any);
    edge.label->setVisible(any);
  }
  QVector<double> keys, counts;
  if (any) {
    for (const LevelBin& bin : shown_->bins) {
      keys << middleOf(bin);
      counts << static_cast<double>(bin.count);
    }
  }
  levels_->setData(keys, counts, true);
  zeros_->setData(any ? QVector<double>{0} : QVector<double>(),
                  any ? QVector<double>{static_cast<double>(shown_->zeros)} : QVector<double>(),
                  true);
  if (!any) return;
  const auto share = static_cast<double>(shown_->share);
  levels_->setWidth(0.9 * share);
  // Among shared levels the zeros are a thin bar of their own.
  zeros_->setWidth(0.9 * std::max(1.0, share / 3));
  zero_label_->setText(Words::tr("q = 0: %1").arg(percentText(shown_->shareOf(shown_->zeros))));
  zero_label_->position->setCoords(0, 0.1);
  const auto limit = static_cast<double>(shown_->limit);
  showEdge(low_, -limit - 0.5,
           Words::tr("−L = %1: %2")
               .arg(levelText(shown_->bins.front()), percentText(shown_->shareOf(shown_->at_low))));
  showEdge(high_, limit + 0.5,
           Words::tr("L = %1: %2")
               .arg(levelText(shown_->bins.back()), percentText(shown_->shareOf(shown_->at_high))));
}

void WeightPlot::showEdge(const Edge& edge, double at, const QString& text) {
  edge.line->point1->setCoords(at, 0);
  edge.line->point2->setCoords(at, 1);
  edge.label->setText(text);
  edge.label->position->setCoords(at, 0);
}

void WeightPlot::setScale(CountScale scale) {
  scale_ = scale;
  const bool log = scale == CountScale::kLogarithmic;
  plot_.yAxis->setScaleType(log ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
  const QSharedPointer<QCPAxisTicker> ticker(log ? new QCPAxisTickerLog : new QCPAxisTicker);
  plot_.yAxis->setTicker(ticker);
  plot_.yAxis->setNumberFormat(log ? QStringLiteral("eb") : QStringLiteral("gb"));
  plot_.yAxis->setNumberPrecision(log ? 0 : 6);
  for (QCPBars* bars : {levels_, zeros_}) bars->setBaseValue(log ? kLeastOfLog : 0);
  fitCounts();
}

void WeightPlot::fitCounts() {
  std::int64_t largest = 1;
  if (shown_) {
    largest = std::max(largest, shown_->zeros);
    for (const LevelBin& bin : shown_->bins) largest = std::max(largest, bin.count);
  }
  // The labels of the edges stand above the bars.
  if (scale_ == CountScale::kLinear) {
    plot_.yAxis->setRange(0, 1.25 * static_cast<double>(largest));
  } else {
    const double decades = std::log10(static_cast<double>(largest) / kLeastOfLog);
    plot_.yAxis->setRange(kLeastOfLog, kLeastOfLog * std::pow(10, 1.25 * decades));
  }
}

void WeightPlot::fit() {
  const double limit = shown_ ? static_cast<double>(shown_->limit) : 1;
  const double room = std::max(1.0, 0.04 * limit);
  plot_.xAxis->setRange(-limit - room, limit + room);
  fitCounts();
}

void WeightPlot::theme(const PlotTheme& theme) {
  QColor fill = theme.first;
  fill.setAlpha(190);
  levels_->setBrush(fill);
  levels_->setPen(Qt::NoPen);
  zeros_->setBrush(QBrush(theme.second, Qt::BDiagPattern));
  zeros_->setPen(QPen(theme.second, 1.5));
  QColor veil = theme.background;
  veil.setAlpha(210);
  zero_label_->setColor(theme.second);
  zero_label_->setBrush(veil);
  for (const Edge& edge : {low_, high_}) {
    edge.line->setPen(QPen(theme.limit, 1.5, Qt::DashLine));
    edge.label->setColor(theme.limit);
    edge.label->setBrush(veil);
  }
}

QString WeightPlot::tipAt(const QPoint& place) const {
  if (!shown_ || !plot_.axisRect()->rect().contains(place)) return {};
  const double level = std::round(plot_.xAxis->pixelToCoord(place.x()));
  const auto limit = static_cast<double>(shown_->limit);
  if (level < -limit || level > limit) return {};
  const auto at = static_cast<std::int64_t>(level) + shown_->limit;
  const LevelBin& bin = shown_->bins[static_cast<std::size_t>(at / shown_->share)];
  const bool zero = bin.from <= 0 && 0 <= bin.to;
  const std::int64_t count = bin.count + (zero ? shown_->zeros : 0);
  QStringList lines{
      Words::tr("<b>q = %1</b>").arg(levelText(bin)),
      Words::tr("%1 of %2 weights = %3 [exact]")
          .arg(grouped(count), grouped(shown_->total), percentText(shown_->shareOf(count)))};
  if (zero) {
    lines << Words::tr("q = 0: %1 weights = %2 [exact]")
                 .arg(grouped(shown_->zeros), percentText(shown_->shareOf(shown_->zeros)));
  }
  if (bin.to == shown_->limit || bin.from == -shown_->limit) {
    lines << Words::tr("Clip edge: L = 2<sup>M−1</sup> − 1 = %1").arg(grouped(shown_->limit));
  }
  return tipOf(lines);
}

}  // namespace a2q::views
