// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/l1_budget/l1_budget_view.h"

#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPainterPath>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "views/common/number_text.h"
#include "views/common/plot_tools.h"
#include "views/common/qcustomplot.h"

namespace a2q::views {
namespace {

constexpr double kBarHeight = 0.36;  ///< of the room of a row; the label stands above the bar
constexpr double kBarShift = -0.14;
constexpr double kPercent = 100;
constexpr double kFirstEdge = 0.35;  ///< the label of the first row stands above it
constexpr double kTick = 11;         ///< pixels, half the height of the median's tick
constexpr double kSmallestRow = 26;  ///< pixels below which labels would touch

QCPScatterStyle tickStyle(double half, const QPen& pen) {
  QPainterPath tick;
  tick.moveTo(0, -half);
  tick.lineTo(0, half);
  QCPScatterStyle style;
  style.setCustomPath(tick);
  style.setSize(6);
  style.setPen(pen);
  return style;
}

}  // namespace

L1BudgetView::L1BudgetView(Selection& selection, QWidget* parent)
    : PlotPane(QStringLiteral("l1-budget"), parent), selection_(selection) {
  setObjectName(QStringLiteral("l1_budget"));
  setAccessibleName(tr("L1 budget per layer"));
  tools().setHeading(
      tr("<b>L1 budget:</b> largest ‖q‖₁ of any channel as a share of what the "
         "accumulator allows"));
  auto* key =
      new QLabel(tr("Bar: largest channel. Dotted frame: an epoch before. Tick: median. "
                    "Whisker: smallest to largest. Red line: the budget."));
  key->setWordWrap(true);
  free_ = new QLabel;
  free_->setWordWrap(true);
  free_->setToolTip(
      tr("The smallest P that holds every sum of the weights: least P with "
         "−2^(P−1) ≤ lo and hi ≤ 2^(P−1) − 1, where hi = xmax·S⁺ − xmin·S⁻ and "
         "lo = xmin·S⁺ − xmax·S⁻ of each channel [exact]"));
  column().insertWidget(1, key);
  column().addWidget(free_);
  createSeries();
  createLimit();
  connect(plot().yAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this,
          [this] { placeNames(); });
  connect(&selection_, &Selection::changed, this, [this] {
    const auto row = selectedRow();
    if (row && !inView(*row)) reveal(*row);
    showSelection();
    placeNames();
    plot().replot(QCustomPlot::rpQueuedReplot);
  });
  showRows({});
  retheme();
}

void L1BudgetView::createSeries() {
  QCPAxis* rows = plot().yAxis;
  QCPAxis* shares = plot().xAxis;
  plot().setAutoAddPlottableToLegend(false);
  shares->setLabel(tr("share of the budget in %"));
  rows->setRangeReversed(true);
  rows->setSubTicks(false);
  rows->setTickLength(0);
  rows->grid()->setVisible(false);
  band_ = new QCPItemRect(&plot());
  band_->setLayer(QStringLiteral("background"));
  for (QCPItemPosition* corner : {band_->topLeft, band_->bottomRight}) {
    corner->setTypeX(QCPItemPosition::ptAxisRectRatio);
  }
  for (QCPBars** bars : {&bars_, &over_bars_, &trail_}) {
    *bars = new QCPBars(rows, shares);
    (*bars)->setWidth(kBarHeight);
    (*bars)->setName(tr("largest"));
  }
  trail_->setName(tr("largest, an epoch before"));
  medians_ = plot().addGraph(rows, shares);
  medians_->setName(tr("median"));
  medians_->setLineStyle(QCPGraph::lsNone);
  whiskers_ = new QCPErrorBars(rows, shares);
  whiskers_->setName(QString());
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

void L1BudgetView::showRun(const StoryPointer& story) {
  if (!story->layers) return showRows({});
  // A run that has ended stands at its last epoch: the one before that is the epoch before.
  const std::size_t back = story->record ? 2 : 1;
  const auto& history = story->history;
  const bool has_before = history.size() >= back;
  showRows(
      budgetRows(*story->layers, has_before ? &history[history.size() - back]->layers : nullptr));
}

void L1BudgetView::showLayers(const std::vector<LayerSnapshot>& layers) {
  showRows(budgetRows(layers));
}

void L1BudgetView::showRows(BudgetRows rows) {
  const bool changed =
      !std::equal(shown_.rows.begin(), shown_.rows.end(), rows.rows.begin(), rows.rows.end(),
                  [](const BudgetRow& a, const BudgetRow& b) { return a.layer == b.layer; });
  shown_ = std::move(rows);
  if (changed) recreateLabels();
  showFree();
  showBars();
  showSelection();
  if (changed) {
    fitAndFollow();
  } else if (follows()) {
    fitShares();
  }
  showLabels();
  plot().replot();
}

void L1BudgetView::recreateLabels() {
  for (QCPItemText* label : labels_) plot().removeItem(label);
  labels_.clear();
  for (std::size_t i = 0; i < shown_.rows.size(); ++i) {
    labels_.push_back(new QCPItemText(&plot()));
    labels_.back()->setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
    labels_.back()->setColor(plotTheme(palette()).text);
  }
}

void L1BudgetView::showFree() {
  free_->setVisible(!shown_.free.isEmpty());
  free_->setText(tr("Free, without an accumulator target: %1")
                     .arg(shown_.free_texts.join(QStringLiteral(", "))));
  setNotice(shown_.rows.empty() ? tr("No layer of this network has an accumulator target, so there "
                                     "is no budget to show. Choose the method A2Q or A2Q+ and a P.")
                                : QString());
}

void L1BudgetView::placeNames() {
  constexpr double kSmallestName = 15;
  const double pixels = plot().axisRect()->height() / std::max(plot().yAxis->range().size(), 1e-3);
  const auto stride = static_cast<std::size_t>(std::max(1.0, std::ceil(kSmallestName / pixels)));
  const auto chosen = selectedRow();
  auto ticker = QSharedPointer<QCPAxisTickerText>::create();
  for (std::size_t i = 0; i < shown_.rows.size(); ++i) {
    const bool is_chosen = i == chosen;
    // The selected row is always named, and its neighbours give way to it.
    const bool crowded = chosen && !is_chosen && (i > *chosen ? i - *chosen : *chosen - i) < stride;
    if (!is_chosen && (i % stride != 0 || crowded)) continue;
    ticker->addTick(positionOf(i),
                    (is_chosen ? QStringLiteral("▸ ") : QString()) + shown_.rows[i].layer);
  }
  plot().yAxis->setTicker(ticker);
  for (QCPItemText* label : labels_) label->setVisible(pixels >= kSmallestRow);
  // In an overview of many layers the bars alone are readable.
  constexpr double kSmallestDetail = 14;
  trail_->setVisible(pixels >= kSmallestDetail);
  whiskers_->setVisible(pixels >= kSmallestDetail);
  medians_->setScatterStyle(tickStyle(std::min(pixels * kBarHeight, kTick), medianPen()));
}

QPen L1BudgetView::medianPen() const {
  constexpr double kWidth = 2.5;
  return {palette().color(QPalette::Text), kWidth};
}

void L1BudgetView::showSelection() {
  constexpr double kHalf = 0.5;
  const auto row = selectedRow();
  band_->setVisible(row.has_value());
  if (row) {
    band_->topLeft->setCoords(0, positionOf(*row) - kHalf);
    band_->bottomRight->setCoords(1, positionOf(*row) + kHalf);
  }
  for (std::size_t i = 0; i < labels_.size(); ++i) {
    QFont font = plot().font();
    font.setBold(i == row);
    labels_[i]->setFont(font);
  }
}

void L1BudgetView::showBars() {
  QVector<double> keys, over_keys, values, over_values, median_keys, medians, below, above;
  QVector<double> trail_keys, trail;
  for (std::size_t i = 0; i < shown_.rows.size(); ++i) {
    const BudgetRow& row = shown_.rows[i];
    if (!row.has_values) continue;
    const double at = positionOf(i) - kBarShift;
    (row.over ? over_keys : keys) << at;
    (row.over ? over_values : values) << kPercent * row.largest_share;
    if (row.before) {
      trail_keys << at;
      trail << kPercent * row.before_share;
    }
    median_keys << at;
    medians << kPercent * row.median_share;
    below << kPercent * (row.median_share - row.smallest_share);
    above << kPercent * (row.largest_share - row.median_share);
  }
  trail_->setData(trail_keys, trail, true);
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
  QStringList spoken;
  for (const BudgetRow& row : shown_.rows) {
    spoken << row.layer + QStringLiteral(": ") + row.label;
  }
  setAccessibleDescription(spoken.join(QStringLiteral("; ")));
}

void L1BudgetView::fitShares() {
  double largest = 1;
  for (const BudgetRow& row : shown_.rows) {
    largest = std::max({largest, row.largest_share, row.before_share});
  }
  plot().xAxis->setRange(0, kPercent * largest * 1.08);
}

void L1BudgetView::fit() {
  constexpr double kReadableRow = 30;
  fitShares();
  const auto rows = static_cast<double>(std::max<std::size_t>(1, shown_.rows.size()));
  // Rather the first rows readably than all of them as stripes; the others are a drag away.
  const double readable = std::max(1.0, std::floor(plot().axisRect()->height() / kReadableRow));
  plot().yAxis->setRange(kFirstEdge, std::min(rows, readable) + 0.5);
  placeNames();
}

void L1BudgetView::showAllRows() {
  fitAndFollow();
  const auto rows = static_cast<double>(std::max<std::size_t>(1, shown_.rows.size()));
  plot().yAxis->setRange(kFirstEdge, rows + 0.5);
  plot().replot(QCustomPlot::rpQueuedReplot);
}

void L1BudgetView::fillMenu(QMenu& menu) {
  menu.addAction(tr("Show &all layers\tA"), this, &L1BudgetView::showAllRows);
}

void L1BudgetView::reveal(std::size_t row) {
  const QCPRange range = plot().yAxis->range();
  const double at = positionOf(row);
  const double above = at - 0.65 - range.lower;
  const double below = at + 0.5 - range.upper;
  if (above < 0) plot().yAxis->moveRange(above);
  if (below > 0) plot().yAxis->moveRange(below);
}

bool L1BudgetView::keyPressed(const QKeyEvent& event) {
  if (event.key() == Qt::Key_A && event.modifiers() == Qt::NoModifier) {
    showAllRows();
    return true;
  }
  const bool up = event.key() == Qt::Key_Up;
  const bool plain = (event.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
  if (!plain || (!up && event.key() != Qt::Key_Down) || shown_.rows.empty()) return false;
  const auto row = selectedRow();
  std::size_t next = 0;
  if (row) next = up ? std::max<std::size_t>(*row, 1) - 1 : *row + 1;
  next = std::min(next, shown_.rows.size() - 1);
  reveal(next);
  selection_.selectLayer(shown_.rows[next].layer);
  return true;
}

void L1BudgetView::clicked(const QPoint& place) {
  if (const auto row = rowAt(place)) selection_.selectLayer(shown_.rows[*row].layer);
}

std::optional<std::size_t> L1BudgetView::rowAt(const QPoint& place) const {
  const QRect& inside = plot().axisRect()->rect();
  // The names at the left belong to their rows.
  if (place.y() < inside.top() || place.y() > inside.bottom() || place.x() > inside.right()) {
    return std::nullopt;
  }
  const auto row = std::llround(plot().yAxis->pixelToCoord(place.y())) - 1;
  if (row < 0 || row >= static_cast<long long>(shown_.rows.size())) return std::nullopt;
  return static_cast<std::size_t>(row);
}

std::optional<std::size_t> L1BudgetView::selectedRow() const {
  for (std::size_t i = 0; i < shown_.rows.size(); ++i) {
    if (shown_.rows[i].layer == selection_.layer()) return i;
  }
  return std::nullopt;
}

bool L1BudgetView::inView(std::size_t row) const {
  return plot().yAxis->range().contains(positionOf(row));
}

void L1BudgetView::resizeEvent(QResizeEvent* event) {
  PlotPane::resizeEvent(event);
  if (follows()) {
    fit();
  } else {
    placeNames();
  }
}

void L1BudgetView::themeSeries(const PlotTheme& theme) {
  constexpr int kFillAlpha = 190;
  constexpr int kBandAlpha = 26;
  constexpr double kLimitWidth = 2;
  QColor fill = theme.first;
  fill.setAlpha(kFillAlpha);
  bars_->setBrush(fill);
  bars_->setPen(QPen(theme.first));
  over_bars_->setBrush(QBrush(theme.limit, Qt::BDiagPattern));
  over_bars_->setPen(QPen(theme.limit, kLimitWidth));
  trail_->setBrush(Qt::NoBrush);
  trail_->setPen(QPen(theme.text, 1.4, Qt::DotLine));
  QColor band = theme.text;
  band.setAlpha(kBandAlpha);
  band_->setBrush(band);
  band_->setPen(QPen(theme.text, 0, Qt::DashLine));
  placeNames();
  whiskers_->setPen(QPen(theme.text, 1.2));
  limit_->setPen(QPen(theme.limit, kLimitWidth));
  limit_label_->setColor(theme.limit);
  for (QCPItemText* label : labels_) label->setColor(theme.text);
}

QString L1BudgetView::tipAt(const QPoint& place) const {
  const auto row = rowAt(place);
  return row ? shown_.rows[*row].tip : QString();
}

QString L1BudgetView::valueText(const QCPAbstractPlottable& /*series*/, double value) const {
  return tr("%1 of the budget [exact]").arg(percentText(value / kPercent));
}

QString L1BudgetView::keyText(const QCPAxis& /*axis*/, double key) const {
  const auto row = std::llround(key) - 1;
  if (row < 0 || row >= static_cast<long long>(shown_.rows.size())) return tr("no layer");
  return shown_.rows[static_cast<std::size_t>(row)].layer;
}

QString L1BudgetView::csvText() const {
  QString text = QStringLiteral(
      "layer,largest_l1,budget,largest_share,median_share,smallest_share,largest_l1_epoch_"
      "before\n");
  for (std::size_t i = 0; i < shown_.rows.size(); ++i) {
    if (!inView(i)) continue;
    const BudgetRow& row = shown_.rows[i];
    QString name = row.layer;
    text += QStringLiteral("\"%1\",%2,%3,%4,%5,%6,%7\n")
                .arg(name.replace(QLatin1Char('"'), QStringLiteral("\"\"")))
                .arg(row.largest)
                .arg(row.budget)
                .arg(row.largest_share)
                .arg(row.median_share)
                .arg(row.smallest_share)
                .arg(row.before ? QString::number(*row.before) : QString());
  }
  return text;
}

}  // namespace a2q::views
