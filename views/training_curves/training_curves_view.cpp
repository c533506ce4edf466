// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/training_curves/training_curves_view.h"

#include <QComboBox>
#include <QElapsedTimer>
#include <QMenu>
#include <QToolButton>
#include <algorithm>
#include <cmath>
#include <tuple>

#include "views/common/crosshair.h"
#include "views/common/plot_navigation.h"
#include "views/common/plot_tools.h"
#include "views/training_curves/curves_csv.h"

namespace a2q::views {
namespace {

constexpr double kFirstSmoothing = 0.9;

}  // namespace

TrainingCurvesView::TrainingCurvesView(QWidget* parent)
    : PlotPane(QStringLiteral("training-curves"), parent), margins_(new QCPMarginGroup(&plot())) {
  setObjectName(QStringLiteral("training_curves"));
  setAccessibleName(tr("Training curves"));
  options_.smoothing = kFirstSmoothing;
  plot().setAutoAddPlottableToLegend(false);
  plot().plotLayout()->clear();
  plot().plotLayout()->setRowSpacing(2);
  more_.setSingleShot(true);
  connect(&more_, &QTimer::timeout, this, &TrainingCurvesView::readWaiting);
  createControls();
  createPanels();
  updateNotice();
}

TrainingCurvesView::~TrainingCurvesView() = default;

void TrainingCurvesView::createControls() {
  auto* kinds = new QToolButton;
  kinds->setObjectName(QStringLiteral("curve_kinds"));
  kinds->setText(tr("Curves"));
  kinds->setToolTip(tr("Which curves are shown"));
  kinds->setAutoRaise(true);
  kinds->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(kinds);
  for (const CurveKind kind : kCurveKinds) {
    QAction* action = menu->addAction(curveLabel(kind, Metric::kAccuracy));
    action->setCheckable(true);
    action->setChecked(kinds_.count(kind) > 0);
    connect(action, &QAction::triggered, this, [this, kind](bool on) {
      std::set<CurveKind> wanted = kinds_;
      on ? void(wanted.insert(kind)) : void(wanted.erase(kind));
      showKinds(wanted);
    });
    kind_actions_[kind] = action;
  }
  kinds->setMenu(menu);
  tools().add(kinds);

  unit_box_ = new QComboBox;
  unit_box_->setObjectName(QStringLiteral("key_unit"));
  unit_box_->addItems({tr("by step"), tr("by epoch"), tr("by time")});
  unit_box_->setAccessibleName(tr("What the curves run along"));
  unit_box_->setToolTip(unit_box_->accessibleName());
  connect(unit_box_, &QComboBox::activated, this,
          [this](int index) { setKeyUnit(static_cast<KeyUnit>(index)); });
  tools().add(unit_box_);
  addSmoothing(kFirstSmoothing);
}

void TrainingCurvesView::createPanels() {
  panels_.clear();
  plot().clearPlottables();
  plot().clearItems();
  plot().plotLayout()->clear();
  legend_names_.clear();
  int row = 0;
  for (const CurveKind kind : kCurveKinds) {
    if (kinds_.count(kind) == 0) continue;
    auto panel = std::make_unique<CurvePanel>(plot(), kind, row++);
    panel->rect().setMarginGroup(QCP::msLeft | QCP::msRight, margins_);
    linkKeys(*panel);
    panels_.push_back(std::move(panel));
  }
  plot().plotLayout()->simplify();
  for (const auto& panel : panels_) panel->keys().setTickLabels(panel == panels_.back());
  fillRun();
  fillOverlays();
  updateLegend();
  fit();
  retheme();
}

void TrainingCurvesView::linkKeys(CurvePanel& panel) {
  const auto changed = qOverload<const QCPRange&>(&QCPAxis::rangeChanged);
  connect(&panel.keys(), changed, this, [this](const QCPRange& range) {
    for (const auto& other : panels_) other->keys().setRange(range);
  });
}

void TrainingCurvesView::showRun(const StoryPointer& story) {
  story_ = story;
  curves_.show(story, options_);
  fillRun();
  updateLegend();
  updateNotice();
  showAll();
}

void TrainingCurvesView::showCompared(const std::vector<ComparedRun>& runs) {
  compared_ = runs;
  waiting_.clear();
  std::map<StoryPointer, std::unique_ptr<RunCurves>> kept;
  for (const ComparedRun& run : runs) {
    auto& curves = kept[run.story];
    if (curves) continue;
    const auto found = compared_curves_.find(run.story);
    if (found != compared_curves_.end()) curves = std::move(found->second);
    if (!curves) curves = std::make_unique<RunCurves>(Ghosts::kLeftOut);
    if (!curves->story()) waiting_.push_back(run.story);
  }
  compared_curves_ = std::move(kept);
  readWaiting();
}

void TrainingCurvesView::readWaiting() {
  // A thousand long runs take a while to read; the window goes on meanwhile.
  constexpr qint64 kMilliseconds = 10;
  QElapsedTimer taken;
  taken.start();
  while (!waiting_.empty() && taken.elapsed() < kMilliseconds) {
    RunCurves& curves = *compared_curves_.at(waiting_.back());
    curves.show(waiting_.back(), options_);
    for (const CurveKind kind : kinds_) std::ignore = curves.curve(kind);
    waiting_.pop_back();
  }
  if (!waiting_.empty()) {
    more_.start();
    return;
  }
  fillOverlays();
  updateLegend();
  reapplyHidden();
  updateNotice();
  showAll();
}

void TrainingCurvesView::showKinds(const std::set<CurveKind>& kinds) {
  if (kinds != kinds_ && !kinds.empty()) {
    kinds_ = kinds;
    createPanels();
  }
  // The last curve cannot be switched off: its box stays as it was.
  for (const auto& [kind, action] : kind_actions_) action->setChecked(kinds_.count(kind) > 0);
}

void TrainingCurvesView::setKeyUnit(KeyUnit unit) {
  unit_box_->setCurrentIndex(static_cast<int>(unit));
  if (options_.unit == unit) return;
  options_.unit = unit;
  rebuildCurves();
  // The old range of keys means nothing on the new axis.
  fitAndFollow();
}

void TrainingCurvesView::smoothingChanged(double weight) {
  options_.smoothing = weight;
  rebuildCurves();
  showAll();
}

void TrainingCurvesView::rebuildCurves() {
  if (story_) curves_.show(story_, options_);
  for (const auto& [story, curves] : compared_curves_) {
    if (curves->story()) curves->show(story, options_);
  }
  fillRun();
  fillOverlays();
  reapplyHidden();
}

void TrainingCurvesView::fillRun() {
  for (const auto& panel : panels_) {
    panel->keys().setLabel(panel == panels_.back() ? keyLabel(options_.unit) : QString());
    panel->showRun(curves_, names());
  }
}

void TrainingCurvesView::fillOverlays() {
  std::vector<OverlaidRun> overlaid;
  for (const ComparedRun& run : compared_) {
    overlaid.push_back({run, compared_curves_.at(run.story).get()});
  }
  for (const auto& panel : panels_) panel->showOverlays(overlaid);
}

void TrainingCurvesView::updateLegend() {
  if (panels_.empty()) return;
  QStringList wanted{names().training};
  for (const ComparedRun& run : compared_) {
    wanted << QString::fromStdString(run.story->name) + run.color.name() +
                  QString::number(static_cast<int>(run.baseline));
  }
  if (wanted.join(QLatin1Char('\n')) == legend_names_) return;
  legend_names_ = wanted.join(QLatin1Char('\n'));
  // One legend tells of all panels.
  QCPAxisRect& rect = panels_.front()->rect();
  while (rect.insetLayout()->elementCount() > 0) rect.insetLayout()->removeAt(0);
  panels_.front()->addLegend();
  const PlotTheme theme = plotTheme(palette());
  applyTheme(plot(), theme);
  reapplyHidden();
  for (const auto& panel : panels_) panel->followVisibility();
}

void TrainingCurvesView::updateNotice() {
  const bool empty = stepCount() == 0 && compared_.empty();
  setNotice(empty ? tr("No steps yet. Start a training, or choose a run in the list of runs, and "
                       "its curves grow here.")
                  : QString());
}

void TrainingCurvesView::showAll() {
  if (follows()) fit();
  plot().replot();
}

void TrainingCurvesView::fit() {
  constexpr double kRoom = 1.02;
  constexpr double kShortest = 10;
  double last = 0;
  for (const auto& panel : panels_) {
    panel->fitValues();
    last = std::max(last, panel->lastKey());
  }
  if (last <= 0) last = kShortest;
  if (!panels_.empty()) panels_.front()->keys().setRange(0, last * kRoom);
}

void TrainingCurvesView::themeSeries(const PlotTheme& theme) {
  for (const auto& panel : panels_) panel->applyTheme(theme);
}

void TrainingCurvesView::seriesToggled(const QString& /*name*/) {
  for (const auto& panel : panels_) panel->followVisibility();
}

std::vector<QCPAxis*> TrainingCurvesView::logAxes() const {
  std::vector<QCPAxis*> axes;
  for (const auto& panel : panels_) {
    // Margins may be negative, and equal steps in a share or in dB mean equal things.
    const CurveKind kind = panel->kind();
    if (kind == CurveKind::kLoss || kind == CurveKind::kLearningRate ||
        kind == CurveKind::kPenalty || kind == CurveKind::kThroughput) {
      axes.push_back(&panel->values());
    }
  }
  return axes;
}

int TrainingCurvesView::stepCount() const { return static_cast<int>(curves_.steps()); }

int TrainingCurvesView::epochCount() const {
  return story_ ? static_cast<int>(story_->epochs.size()) : 0;
}

Metric TrainingCurvesView::metric() const { return story_ ? story_->metric : Metric::kAccuracy; }

CurveNames TrainingCurvesView::names() const {
  const QString run = story_ ? QString::fromStdString(story_->name) : QString();
  if (run.isEmpty()) return {tr("training"), tr("test, each epoch")};
  return {tr("%1 training").arg(run), tr("%1 test, each epoch").arg(run)};
}

QString TrainingCurvesView::title() const {
  const QString run = story_ ? QString::fromStdString(story_->name) : QString();
  return run.isEmpty() ? accessibleName() : tr("%1: %2").arg(accessibleName(), run);
}

QString TrainingCurvesView::csvText() const { return curvesCsv(panels_, options_.unit, metric()); }

CurvePanel* TrainingCurvesView::panelAt(const QPoint& place) const {
  for (const auto& panel : panels_) {
    if (panel->rect().rect().contains(place)) return panel.get();
  }
  return nullptr;
}

QString TrainingCurvesView::tipAt(const QPoint& place) const {
  CurvePanel* panel = panelAt(place);
  if (panel == nullptr) return {};
  const double key = panel->keys().pixelToCoord(place.x());
  QStringList lines;
  for (QCPAbstractPlottable* series : panel->rect().plottables()) {
    const bool main = series == &panel->line() || series == &panel->tests();
    if (!main || !series->visible() || series->name().isEmpty()) continue;
    if (const auto value = valueNearest(*series, key)) {
      lines << tr("%1: %2").arg(series->name(), curveValue(panel->kind(), metric(), *value));
    }
  }
  if (lines.isEmpty()) return {};
  lines.prepend(keyValue(options_.unit, key));
  lines << curveExplanation(panel->kind(), metric());
  return lines.join(QLatin1Char('\n'));
}

QString TrainingCurvesView::valueText(const QCPAbstractPlottable& series, double value) const {
  for (const auto& panel : panels_) {
    if (series.valueAxis() == &panel->values()) return curveValue(panel->kind(), metric(), value);
  }
  return PlotPane::valueText(series, value);
}

QString TrainingCurvesView::keyText(const QCPAxis& /*axis*/, double key) const {
  return keyValue(options_.unit, key);
}

}  // namespace a2q::views
