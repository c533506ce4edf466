// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/accumulator/witness_curve.h"

#include <algorithm>
#include <cmath>

#include "views/accumulator/witness_text.h"
#include "views/common/number_text.h"
#include "views/common/qcustomplot.h"
#include "views/common/range_text.h"

namespace a2q::views {
namespace {

constexpr std::size_t kMostPoints = 2000;

QCPItemText* limitLabel(QCustomPlot& plot, Qt::Alignment alignment) {
  auto* label = new QCPItemText(&plot);
  label->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
  label->position->setTypeY(QCPItemPosition::ptPlotCoords);
  label->setPositionAlignment(alignment);
  label->setSelectable(false);
  label->setPadding({4, 1, 4, 1});
  return label;
}

}  // namespace

std::vector<SumPoint> thinned(const std::vector<Int128>& running_sums, std::size_t most) {
  std::vector<SumPoint> points{{0, 0}};
  const std::size_t count = running_sums.size();
  constexpr std::size_t kKept = 4;
  const std::size_t stretch = count <= most ? 1 : (kKept * count + most - 1) / most;
  const auto add = [&](std::size_t i) {
    const auto step = static_cast<double>(i + 1);
    if (points.back().step < step) points.push_back({step, static_cast<double>(running_sums[i])});
  };
  for (std::size_t first = 0; first < count; first += stretch) {
    const std::size_t end = std::min(first + stretch, count);
    const auto begin = running_sums.begin();
    const auto [least, largest] = std::minmax_element(begin + static_cast<std::ptrdiff_t>(first),
                                                      begin + static_cast<std::ptrdiff_t>(end));
    const auto low = static_cast<std::size_t>(least - begin);
    const auto high = static_cast<std::size_t>(largest - begin);
    for (const std::size_t i : {first, std::min(low, high), std::max(low, high), end - 1}) add(i);
  }
  return points;
}

WitnessCurve::WitnessCurve(QWidget* parent) : PlotPane(QStringLiteral("witness"), parent) {
  setObjectName(QStringLiteral("witness_curve"));
  setAccessibleName(tr("Running sum of the witness"));
  column().setContentsMargins(0, 0, 0, 0);
  plot().xAxis->setLabel(tr("products added"));
  plot().yAxis->setLabel(tr("running sum"));
  constexpr int kDigits = 9;  // one notation for all of an axis: 500000 beside 1·10⁶ reads badly
  plot().yAxis->setNumberFormat(QStringLiteral("gb"));
  plot().yAxis->setNumberPrecision(kDigits);
  sums_ = plot().addGraph();
  sums_->setLineStyle(QCPGraph::lsStepLeft);
  target_ = addLimit();
  smallest_ = addLimit();
  retheme();
}

WitnessCurve::Limit WitnessCurve::addLimit() {
  Limit limit;
  for (QCPItemStraightLine** line : {&limit.low, &limit.high}) {
    *line = new QCPItemStraightLine(&plot());
    (*line)->setSelectable(false);
    (*line)->setVisible(false);
  }
  limit.low_label = limitLabel(plot(), Qt::AlignLeft | Qt::AlignBottom);
  limit.high_label = limitLabel(plot(), Qt::AlignLeft | Qt::AlignTop);
  return limit;
}

void WitnessCurve::show(const WitnessAnswer& answer) {
  answer_ = answer;
  QVector<double> steps, sums;
  for (const SumPoint& point : thinned(answer.witness.running_sums, kMostPoints)) {
    steps << point.step;
    sums << point.sum;
  }
  sums_->setData(steps, sums, true);
  showLimit(target_, targetInSight());
  const bool same = targetInSight() == answer.smallest;
  showLimit(smallest_, same ? std::nullopt : std::optional(answer.smallest));
  setAccessibleDescription(witnessTitle(answer) + QStringLiteral(", ") + grouped(answer.end()));
  fit();
  plot().replot();
}

/// A target far beyond the sums would press them flat; the box says that they stay inside.
std::optional<BitWidth> WitnessCurve::targetInSight() const {
  constexpr int kMostBitsBeyond = 2;
  if (!answer_->judged || answer_->judged->bits > answer_->smallest.bits + kMostBitsBeyond) {
    return std::nullopt;
  }
  return answer_->judged;
}

void WitnessCurve::showLimit(const Limit& limit, std::optional<BitWidth> width) {
  for (QCPAbstractItem* item : std::initializer_list<QCPAbstractItem*>{
           limit.low, limit.high, limit.low_label, limit.high_label}) {
    item->setVisible(width.has_value());
  }
  if (!width) return;
  const AccumulatorSpec spec{*width};
  const bool is_target = &limit == &target_;
  const QString name =
      is_target ? tr("P = %1").arg(width->bits) : tr("smallest P = %1").arg(width->bits);
  // The names of the two limits stand side by side.
  const double across = is_target ? 0.01 : 0.45;
  const auto put = [&](QCPItemStraightLine* line, QCPItemText* label, Int128 value) {
    const auto at = static_cast<double>(value);
    line->point1->setCoords(0, at);
    line->point2->setCoords(1, at);
    label->position->setCoords(across, at);
    label->setText(QStringLiteral("%1: %2").arg(name, grouped(value)));
  };
  put(limit.low, limit.low_label, spec.minimum());
  put(limit.high, limit.high_label, spec.maximum());
}

void WitnessCurve::fit() {
  if (!answer_) return;
  double low = static_cast<double>(answer_->range.low);
  double high = static_cast<double>(answer_->range.high);
  for (const auto& width : {targetInSight(), std::optional(answer_->smallest)}) {
    if (!width) continue;
    low = std::min(low, static_cast<double>(AccumulatorSpec{*width}.minimum()));
    high = std::max(high, static_cast<double>(AccumulatorSpec{*width}.maximum()));
  }
  const double room = 0.04 * (high - low) + 0.5;
  plot().yAxis->setRange(low - room, high + room);
  plot().xAxis->setRange(0, static_cast<double>(answer_->weights.size()));
}

void WitnessCurve::themeSeries(const PlotTheme& theme) {
  constexpr double kWidth = 1.6;
  sums_->setPen(QPen(theme.first, kWidth));
  for (const Limit* limit : {&target_, &smallest_}) {
    const bool is_target = limit == &target_;
    const QColor color = is_target ? theme.limit : theme.text;
    const QPen pen(color, kWidth, is_target ? Qt::SolidLine : Qt::DashLine);
    limit->low->setPen(pen);
    limit->high->setPen(pen);
    limit->low_label->setColor(color);
    limit->high_label->setColor(color);
  }
}

QString WitnessCurve::tipAt(const QPoint& place) const {
  if (!answer_ || !plot().axisRect()->rect().contains(place)) return {};
  // The sum that the step line shows there is the one after this many products.
  const double step = std::floor(plot().xAxis->pixelToCoord(place.x()));
  if (step < 1 || step > static_cast<double>(answer_->weights.size())) return {};
  const auto i = static_cast<std::size_t>(step) - 1;
  const std::int64_t weight = answer_->weights[i];
  const std::int64_t input = answer_->witness.inputs[i];
  return tipOf({tr("<b>product %1 of %2</b>").arg(i + 1).arg(answer_->weights.size()),
                tr("q · x = %1 · %2 = %3")
                    .arg(grouped(weight), grouped(input), grouped(Int128{weight} * input)),
                tr("running sum %1 [exact]").arg(grouped(answer_->witness.running_sums[i]))});
}

QString WitnessCurve::csvText() const { return answer_ ? witnessCsv(*answer_) : QString(); }

}  // namespace a2q::views
