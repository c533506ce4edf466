// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/l1_budget/l1_budget_view.h"

#include <QLabel>
#include <QPainterPath>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "views/common/number_text.h"
#include "views/common/qcustomplot.h"

namespace a2q::views {
namespace {

constexpr double kBarHeight = 0.36;  ///< of the room of a row; the label stands above the bar
constexpr double kBarShift = -0.14;
constexpr double kPercent = 100;
constexpr double kSmallestRow = 26;  ///< pixels below which labels would touch

QCPScatterStyle tickStyle() {
  constexpr double kHalf = 11;
  QPainterPath tick;
  tick.moveTo(0, -kHalf);
  tick.lineTo(0, kHalf);
  QCPScatterStyle style;
  style.setCustomPath(tick);
  style.setSize(6);
  return style;
}

}  // namespace

L1BudgetView::L1BudgetView(QWidget* parent) : PlotPane(QStringLiteral("l1-budget"), parent) {
  setObjectName(QStringLiteral("l1_budget"));
  setAccessibleName(tr("L1 budget per layer"));
  auto* title =
      new QLabel(tr("<b>L1 budget:</b> largest ‖q‖₁ of any channel as a share of what the "
                    "accumulator allows"));
  title->setWordWrap(true);
  auto* key =
      new QLabel(tr("Bar: largest channel. Tick: median. Whisker: smallest to largest. Red "
                    "line: the budget."));
  key->setWordWrap(true);
  free_ = new QLabel;
  free_->setWordWrap(true);
  column().insertWidget(0, title);
  column().insertWidget(1, key);
  column().addWidget(free_);
  createSeries();
  createLimit();
  retheme();
}

void L1BudgetView::createSeries() {
  QCPAxis* rows = plot().yAxis;
  QCPAxis* shares = plot().xAxis;
  shares->setLabel(tr("share of the budget in %"));
  rows->setRangeReversed(true);
  rows->setSubTicks(false);
  rows->setTickLength(0);
  rows->grid()->setVisible(false);
  for (QCPBars** bars : {&bars_, &over_bars_}) {
    *bars = new QCPBars(rows, shares);
    (*bars)->setWidth(kBarHeight);
  }
  medians_ = plot().addGraph(rows, shares);
  medians_->setLineStyle(QCPGraph::lsNone);
  medians_->setScatterStyle(tickStyle());
  whiskers_ = new QCPErrorBars(rows, shares);
  whiskers_->setDataPlottable(medians_);
  whiskers_->setErrorType(QCPErrorBars::etValueError);
  whiskers_->setSymbolGap(0);
  whiskers_->setWhiskerWidth(10);
}

void L1BudgetView::createLimit() {
  limit_ = new QCPItemStraightLine(&plot());
  limit_->point1->setCoords(kPercent, 0);
  limit_->point2->setCoords(kPercent, 1);
  limit_label_ = new QCPItemText(&plot());
  limit_label_->position->setTypeX(QCPItemPosition::ptPlotCoords);
  limit_label_->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
  limit_label_->position->setCoords(kPercent, 0);
  limit_label_->setPositionAlignment(Qt::AlignRight | Qt::AlignTop);
  limit_label_->setText(tr("budget "));
}

double L1BudgetView::positionOf(std::size_t row) const { return static_cast<double>(row) + 1; }

void L1BudgetView::showLayers(const std::vector<LayerSnapshot>& layers) {
  const auto names = [](const BudgetRows& rows) {
    QStringList out;
    for (const BudgetRow& row : rows.rows) out << row.layer;
    return out;
  };
  const QStringList before = names(shown_);
  shown_ = budgetRows(layers);
  const bool changed = before != names(shown_) || labels_.size() != shown_.rows.size();
  if (changed) showNames();
  showBars();
  if (changed) {
    fit();
  } else if (follows()) {
    fitShares();
  }
  showLabels();
  plot().replot(QCustomPlot::rpQueuedReplot);
}

void L1BudgetView::showNames() {
  const QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
  for (std::size_t i = 0; i < shown_.rows.size(); ++i) {
    ticker->addTick(positionOf(i), shown_.rows[i].layer);
  }
  plot().yAxis->setTicker(ticker);
  for (QCPItemText* label : labels_) plot().removeItem(label);
  labels_.clear();
  for (std::size_t i = 0; i < shown_.rows.size(); ++i) {
    labels_.push_back(new QCPItemText(&plot()));
    labels_.back()->setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
    labels_.back()->setColor(plotTheme(palette()).text);
  }
  free_->setVisible(!shown_.free.isEmpty() || shown_.rows.empty());
  free_->setText(shown_.rows.empty()
                     ? tr("No layer of this network has an accumulator target, so there is no "
                          "budget to show.")
                     : tr("Free, without an accumulator target: %1")
                           .arg(shown_.free.join(QStringLiteral(", "))));
}

void L1BudgetView::showBars() {
  QVector<double> keys, over_keys, values, over_values, median_keys, medians, below, above;
  for (std::size_t i = 0; i < shown_.rows.size(); ++i) {
    const BudgetRow& row = shown_.rows[i];
    if (!row.has_values) continue;
    const double at = positionOf(i) - kBarShift;
    (row.over ? over_keys : keys) << at;
    (row.over ? over_values : values) << kPercent * row.largest_share;
    median_keys << at;
    medians << kPercent * row.median_share;
    below << kPercent * (row.median_share - row.smallest_share);
    above << kPercent * (row.largest_share - row.median_share);
  }
  bars_->setData(keys, values, true);
  over_bars_->setData(over_keys, over_values, true);
  medians_->setData(median_keys, medians, true);
  whiskers_->setData(below, above);
}

void L1BudgetView::showLabels() {
  for (std::size_t i = 0; i < labels_.size(); ++i) {
    labels_[i]->setText(shown_.rows[i].label);
    labels_[i]->position->setCoords(0.6, positionOf(i) - kBarShift - kBarHeight / 2 - 0.04);
  }
  placeLabels();
  QStringList spoken;
  for (const BudgetRow& row : shown_.rows) {
    spoken << row.layer + QStringLiteral(": ") + row.label;
  }
  setAccessibleDescription(spoken.join(QStringLiteral("; ")));
}

void L1BudgetView::placeLabels() {
  const double rows = plot().yAxis->range().size();
  const double pixels = plot().axisRect()->height() / std::max(rows, 1.0);
  for (QCPItemText* label : labels_) label->setVisible(pixels >= kSmallestRow);
}

void L1BudgetView::fitShares() {
  double largest = 1;
  for (const BudgetRow& row : shown_.rows) largest = std::max(largest, row.largest_share);
  plot().xAxis->setRange(0, kPercent * largest * 1.08);
}

void L1BudgetView::fit() {
  fitShares();
  plot().yAxis->setRange(0.35, std::max<double>(1, static_cast<double>(shown_.rows.size())) + 0.5);
  placeLabels();
}

void L1BudgetView::resizeEvent(QResizeEvent* event) {
  PlotPane::resizeEvent(event);
  placeLabels();
}

void L1BudgetView::themeSeries(const PlotTheme& theme) {
  constexpr int kFillAlpha = 190;
  constexpr double kLimitWidth = 2;
  QColor fill = theme.first;
  fill.setAlpha(kFillAlpha);
  bars_->setBrush(fill);
  bars_->setPen(QPen(theme.first));
  over_bars_->setBrush(QBrush(theme.limit, Qt::BDiagPattern));
  over_bars_->setPen(QPen(theme.limit, kLimitWidth));
  QCPScatterStyle tick = medians_->scatterStyle();
  tick.setPen(QPen(theme.text, 2.5));
  medians_->setScatterStyle(tick);
  whiskers_->setPen(QPen(theme.text, 1.2));
  limit_->setPen(QPen(theme.limit, kLimitWidth));
  limit_label_->setColor(theme.limit);
  for (QCPItemText* label : labels_) label->setColor(theme.text);
}

QString L1BudgetView::tipAt(const QPoint& place) const {
  if (!plot().axisRect()->rect().contains(place)) return {};
  const auto row = std::llround(plot().yAxis->pixelToCoord(place.y())) - 1;
  if (row < 0 || row >= static_cast<long long>(shown_.rows.size())) return {};
  return shown_.rows[static_cast<std::size_t>(row)].tip;
}

QString L1BudgetView::csvText() const {
  QString text =
      QStringLiteral("layer,largest_l1,budget,largest_share,median_share,smallest_share\n");
  for (const BudgetRow& row : shown_.rows) {
    QString name = row.layer;
    text += QStringLiteral("\"%1\",%2,%3,%4,%5,%6\n")
                .arg(name.replace(QLatin1Char('"'), QStringLiteral("\"\"")))
                .arg(row.largest)
                .arg(row.budget)
                .arg(row.largest_share)
                .arg(row.median_share)
                .arg(row.smallest_share);
  }
  return text;
}

}  // namespace a2q::views
