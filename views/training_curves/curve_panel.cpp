// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/training_curves/curve_panel.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "views/common/plot_navigation.h"

namespace a2q::views {
namespace {

class Words {
  Q_DECLARE_TR_FUNCTIONS(TrainingCurves)
};

std::shared_ptr<const SeriesPyramid> noSeries() {
  static const auto none = std::make_shared<const SeriesPyramid>();
  return none;
}

/// So many lines that a legend, or a fine picture of each, would help nobody.
constexpr std::size_t kNamedRuns = 9;

/// Blocks a pixel column: all overlays of a panel together stay below a number that is drawn in
/// time.
double densityFor(std::size_t runs) {
  constexpr double kFineRuns = 14;
  return std::clamp(kFineRuns / static_cast<double>(std::max<std::size_t>(runs, 1)), 0.05, 1.0);
}

}  // namespace

CurvePanel::CurvePanel(QCustomPlot& plot, CurveKind kind, int row)
    : plot_(plot), kind_(kind), rect_(new QCPAxisRect(&plot)) {
  constexpr int kSmallestHeight = 60;
  plot.plotLayout()->addElement(row, 0, rect_);
  rect_->setMinimumSize(0, kSmallestHeight);
  for (QCPAxis* axis : rect_->axes()) {
    axis->setLayer(QStringLiteral("axes"));
    axis->grid()->setLayer(QStringLiteral("grid"));
  }
  ghost_ = new PyramidPlottable(&keys(), &values(), noSeries());
  line_ = new PyramidPlottable(&keys(), &values(), noSeries());
  tests_ = plot.addGraph(&keys(), &values());
  float_phase_ = new QCPItemRect(&plot);
  float_phase_->setLayer(QStringLiteral("background"));
  float_phase_->setClipAxisRect(rect_);
  for (QCPItemPosition* corner : {float_phase_->topLeft, float_phase_->bottomRight}) {
    corner->setAxisRect(rect_);
    corner->setAxes(&keys(), &values());
    corner->setTypeY(QCPItemPosition::ptAxisRectRatio);
  }
  float_label_ = new QCPItemText(&plot);
  float_label_->setClipAxisRect(rect_);
  float_label_->position->setParentAnchor(float_phase_->topLeft);
  float_label_->position->setCoords(0, 0);
  float_label_->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
  float_label_->setPadding(QMargins(4, 1, 0, 0));
  float_label_->setText(Words::tr("float phase"));
  placeFloatPhase(std::nullopt);
  if (startsLogarithmic(kind)) setScale(values(), AxisScale::kLogarithmic);
}

void CurvePanel::showRun(RunCurves& curves, const CurveNames& names) {
  metric_ = curves.story() ? curves.story()->metric : Metric::kAccuracy;
  values().setLabel(curveLabel(kind_, metric_));
  const RunCurves::Curve& curve = curves.curve(kind_);
  line_->setSeries(curve.line);
  line_->setName(names.training);
  ghost_->setSeries(curve.ghost ? curve.ghost : noSeries());
  tests_->setName(isTested(kind_) ? names.test : QString());
  const auto tested = curves.tests(kind_);
  QVector<double> at, value;
  for (std::size_t i = 0; i < tested->size(); ++i) {
    at << tested->key(i);
    value << tested->value(i);
  }
  tests_->setData(at, value, true);
  placeFloatPhase(curves.floatEnd());
}

void CurvePanel::placeFloatPhase(const std::optional<double>& end) {
  float_phase_->setVisible(end.has_value());
  float_label_->setVisible(end.has_value());
  float_phase_->topLeft->setCoords(0, 0);
  float_phase_->bottomRight->setCoords(end.value_or(0), 1);
}

void CurvePanel::showOverlays(const std::vector<OverlaidRun>& runs) {
  constexpr double kBaseline = 2.5;
  constexpr double kThickDensity = 0.4;  // finer than its pen would be wasted
  while (overlays_.size() > runs.size()) {
    plot_.removePlottable(overlays_.back());
    overlays_.pop_back();
  }
  while (overlays_.size() < runs.size()) {
    overlays_.push_back(new PyramidPlottable(&keys(), &values(), noSeries()));
  }
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const auto& [run, curves] = runs[i];
    PyramidPlottable& overlay = *overlays_[i];
    // The test score is what runs are compared by; it is the one that is not of the epoch so far.
    overlay.setSeries(kind_ == CurveKind::kScore ? curves->tests(kind_)
                                                 : curves->curve(kind_).line);
    const QString name = QString::fromStdString(run.story->name);
    overlay.setName(run.baseline ? Words::tr("%1 (baseline)").arg(name) : name);
    overlay.setPen(linePen(run.color, run.baseline ? kBaseline : 1));
    overlay.setDensity(run.baseline ? kThickDensity : densityFor(runs.size()));
    overlay.setVisible(true);
  }
}

void CurvePanel::addLegend() {
  auto* legend = new QCPLegend;
  rect_->insetLayout()->addElement(legend, Qt::AlignRight | Qt::AlignTop);
  legend->setLayer(QStringLiteral("legend"));
  legend->setRowSpacing(-3);
  legend->setMargins(QMargins(5, 2, 5, 2));
  // Wide rather than high: the panels are low.
  constexpr int kLegendRows = 4;
  legend->setFillOrder(QCPLayoutGrid::foRowsFirst);
  legend->setWrap(kLegendRows);
  if (!line_->name().isEmpty()) line_->addToLegend(legend);
  if (!tests_->name().isEmpty()) tests_->addToLegend(legend);
  std::size_t named = 0;
  for (PyramidPlottable* overlay : overlays_) {
    const bool baseline = overlay->pen().widthF() > 1;
    if (!baseline && named >= kNamedRuns) continue;
    overlay->addToLegend(legend);
    ++named;
  }
}

std::vector<QCPAbstractPlottable*> CurvePanel::fitted() const {
  std::vector<QCPAbstractPlottable*> out{line_, tests_};
  out.insert(out.end(), overlays_.begin(), overlays_.end());
  out.erase(std::remove_if(out.begin(), out.end(),
                           [](const QCPAbstractPlottable* one) { return !one->realVisibility(); }),
            out.end());
  return out;
}

void CurvePanel::fitValues() {
  constexpr double kRoom = 0.06;
  constexpr double kMost = 101;  // per cent
  const bool logarithmic = scaleOf(values()) == AxisScale::kLogarithmic;
  bool any = false;
  QCPRange all;
  for (const QCPAbstractPlottable* one : fitted()) {
    bool found = false;
    const QCPRange range = one->getValueRange(found, logarithmic ? QCP::sdPositive : QCP::sdBoth);
    if (found) all = std::exchange(any, true) ? all.expanded(range) : range;
  }
  if (!any) all = logarithmic ? QCPRange(0.01, 1) : QCPRange(0, 1);
  if (logarithmic) {
    const double room = std::pow(std::max(all.upper / all.lower, 2.0), kRoom);
    values().setRange(all.lower / room, all.upper * room);
    return;
  }
  const double room = std::max(all.size(), std::abs(all.upper) * 0.02 + 1e-12) * kRoom;
  const bool per_cent =
      kind_ == CurveKind::kSparsity || (kind_ == CurveKind::kScore && metric_ == Metric::kAccuracy);
  const double lower = all.lower >= 0 ? std::max(0.0, all.lower - room) : all.lower - room;
  values().setRange(lower, per_cent ? std::min(all.upper + room, kMost) : all.upper + room);
}

double CurvePanel::lastKey() const {
  double last = 0;
  for (const QCPAbstractPlottable* one : fitted()) {
    bool found = false;
    const QCPRange keys = one->getKeyRange(found);
    if (found) last = std::max(last, keys.upper);
  }
  return last;
}

void CurvePanel::applyTheme(const PlotTheme& theme) {
  constexpr double kLine = 1.6;
  constexpr double kDot = 7;
  constexpr int kGhost = 70;
  constexpr int kShade = 22;
  QColor ghost = theme.first;
  ghost.setAlpha(kGhost);
  ghost_->setPen(linePen(ghost, 1));
  line_->setPen(linePen(theme.first, kLine));
  tests_->setPen(QPen(theme.second, 1, Qt::DashLine));
  tests_->setScatterStyle(
      QCPScatterStyle(QCPScatterStyle::ssDiamond, theme.second, theme.second, kDot));
  QColor shade = theme.text;
  shade.setAlpha(kShade);
  float_phase_->setPen(Qt::NoPen);
  float_phase_->setBrush(shade);
  float_label_->setColor(theme.text);
}

void CurvePanel::followVisibility() { ghost_->setVisible(line_->visible()); }

}  // namespace a2q::views
