// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/training_curves/training_curves_view.h"

#include <algorithm>
#include <cmath>

#include "views/common/number_text.h"
#include "views/common/qcustomplot.h"

namespace a2q::views {
namespace {

constexpr double kPercent = 100;

double stepOf(const StepReport& report) { return static_cast<double>(report.step); }

/// The value at a key or just before it; not a number when there is none.
double valueAt(const QCPGraph& graph, double key) {
  const auto data = graph.data();
  auto found = data->findBegin(key, true);
  if (found == data->constEnd()) return std::nan("");
  return found->value;
}

}  // namespace

TrainingCurvesView::TrainingCurvesView(QWidget* parent)
    : PlotPane(QStringLiteral("training-curves"), parent) {
  setObjectName(QStringLiteral("training_curves"));
  setAccessibleName(tr("Training curves"));
  plot().plotLayout()->clear();
  plot().setAutoAddPlottableToLegend(false);
  loss_ = createCurve(0, tr("loss (log scale)"));
  loss_.rect->axis(QCPAxis::atLeft)->setScaleType(QCPAxis::stLogarithmic);
  loss_.rect->axis(QCPAxis::atLeft)->setTicker(QSharedPointer<QCPAxisTickerLog>::create());
  score_ = createCurve(1, tr("accuracy in %"));
  score_.rect->axis(QCPAxis::atBottom)->setLabel(tr("step (one batch each)"));
  plot().plotLayout()->setRowSpacing(2);
  auto* margins = new QCPMarginGroup(&plot());
  for (const Curve* curve : {&loss_, &score_}) {
    curve->rect->setMarginGroup(QCP::msLeft | QCP::msRight, margins);
  }
  QCPAxis* above = loss_.rect->axis(QCPAxis::atBottom);
  QCPAxis* below = score_.rect->axis(QCPAxis::atBottom);
  const auto share = qOverload<const QCPRange&>(&QCPAxis::rangeChanged);
  connect(above, share, below, qOverload<const QCPRange&>(&QCPAxis::setRange));
  connect(below, share, above, qOverload<const QCPRange&>(&QCPAxis::setRange));
  fit();
  retheme();
}

TrainingCurvesView::Curve TrainingCurvesView::createCurve(int row, const QString& label) {
  Curve curve;
  curve.rect = new QCPAxisRect(&plot());
  plot().plotLayout()->addElement(row, 0, curve.rect);
  for (QCPAxis* axis : curve.rect->axes()) axis->setLayer(QStringLiteral("axes"));
  QCPAxis* steps = curve.rect->axis(QCPAxis::atBottom);
  QCPAxis* values = curve.rect->axis(QCPAxis::atLeft);
  values->setLabel(label);
  curve.train = plot().addGraph(steps, values);
  curve.train->setName(tr("training (mean of the epoch so far)"));
  curve.test = plot().addGraph(steps, values);
  curve.test->setName(tr("test, after each epoch"));
  if (row > 0) return curve;  // one legend tells of both
  auto* legend = new QCPLegend;
  curve.rect->insetLayout()->addElement(legend, Qt::AlignRight | Qt::AlignTop);
  legend->setLayer(QStringLiteral("legend"));
  legend->setRowSpacing(-3);
  curve.train->addToLegend(legend);
  curve.test->addToLegend(legend);
  return curve;
}

void TrainingCurvesView::clear() {
  for (const Curve& curve : {loss_, score_}) {
    curve.train->data()->clear();
    curve.test->data()->clear();
  }
  waiting_.clear();
  refresh();
}

void TrainingCurvesView::addSteps(const std::vector<StepReport>& steps) {
  if (steps.empty()) return;
  setMetric(steps.back().metric);
  for (const StepReport& step : steps) {
    loss_.train->addData(stepOf(step), step.loss);
    score_.train->addData(stepOf(step), unit() * step.score);
  }
  steps_per_epoch_ = static_cast<double>(steps.back().batches);
  const auto waiting = std::exchange(waiting_, {});
  addEpochs(waiting);
  refresh();
}

void TrainingCurvesView::addEpochs(const std::vector<EpochRecord>& epochs) {
  if (epochs.empty()) return;
  if (stepCount() == 0) {
    waiting_.insert(waiting_.end(), epochs.begin(), epochs.end());
    return;
  }
  for (const EpochRecord& epoch : epochs) {
    const double step = (epochCount() + 1) * steps_per_epoch_;
    loss_.test->addData(step, epoch.test_loss);
    score_.test->addData(step, unit() * epoch.test_score);
  }
  refresh();
}

int TrainingCurvesView::stepCount() const { return loss_.train->dataCount(); }

int TrainingCurvesView::epochCount() const { return loss_.test->dataCount(); }

void TrainingCurvesView::refresh() {
  if (follows()) fit();
  plot().replot(QCustomPlot::rpQueuedReplot);
}

void TrainingCurvesView::fit() {
  constexpr double kRoom = 1.05;
  constexpr double kLeastLoss = 0.05;  // at most: the axis reaches a decade down in any case
  bool found = false;
  const QCPRange steps = loss_.train->getKeyRange(found);
  const double last = found ? std::max(steps.upper, 10.0) : kPercent;
  score_.rect->axis(QCPAxis::atBottom)->setRange(0, last * 1.02);
  QCPRange losses(kLeastLoss, 1);
  for (const QCPGraph* graph : {loss_.train, loss_.test}) {
    const QCPRange range = graph->getValueRange(found, QCP::sdPositive);
    if (found) losses.expand(range);
  }
  loss_.rect->axis(QCPAxis::atLeft)->setRange(losses.lower / 2, losses.upper * 2);
  double most = unit();
  for (const QCPGraph* graph : {score_.train, score_.test}) {
    const QCPRange range = graph->getValueRange(found);
    if (found && metric_ == Metric::kPsnr) most = std::max(most, range.upper);
  }
  score_.rect->axis(QCPAxis::atLeft)->setRange(0, most * kRoom);
}

double TrainingCurvesView::unit() const { return metric_ == Metric::kAccuracy ? kPercent : 1; }

void TrainingCurvesView::setMetric(Metric metric) {
  metric_ = metric;
  score_.rect->axis(QCPAxis::atLeft)
      ->setLabel(metric == Metric::kAccuracy ? tr("accuracy in %") : tr("PSNR in dB"));
}

void TrainingCurvesView::themeSeries(const PlotTheme& theme) {
  constexpr double kLine = 1.5;
  constexpr double kDot = 7;
  for (const Curve& curve : {loss_, score_}) {
    curve.train->setPen(QPen(theme.first, kLine));
    curve.test->setPen(QPen(theme.second, 1, Qt::DashLine));
    curve.test->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssDiamond, theme.second, theme.second, kDot));
  }
}

QString TrainingCurvesView::tipAt(const QPoint& place) const {
  if (stepCount() == 0) return {};
  const QCPAxisRect* rect = plot().axisRectAt(place);
  if (rect == nullptr) return {};
  const double step = std::round(loss_.rect->axis(QCPAxis::atBottom)->pixelToCoord(place.x()));
  const double loss = valueAt(*loss_.train, step);
  const double score = valueAt(*score_.train, step);
  if (step < 1 || std::isnan(loss) || std::isnan(score)) return {};
  return tr("Step %1: loss %2, %3 %4 (training, mean of the epoch so far) [measured]")
      .arg(grouped(static_cast<Int128>(step)), QString::number(loss, 'f', 4),
           QString::fromUtf8(metricName(metric_).data()),
           QString::fromStdString(scoreText(metric_, score / unit())));
}

QString TrainingCurvesView::csvText() const {
  QString text = metric_ == Metric::kAccuracy ? QStringLiteral("part,step,loss,accuracy\n")
                                              : QStringLiteral("part,step,loss,psnr_db\n");
  const auto append = [&](const QString& part, const QCPGraph& loss, const QCPGraph& score) {
    for (int i = 0; i < loss.dataCount(); ++i) {
      text += QStringLiteral("%1,%2,%3,%4\n")
                  .arg(part)
                  .arg(loss.data()->at(i)->key)
                  .arg(loss.data()->at(i)->value)
                  .arg(score.data()->at(i)->value / unit());
    }
  };
  append(QStringLiteral("train"), *loss_.train, *score_.train);
  append(QStringLiteral("test"), *loss_.test, *score_.test);
  return text;
}

}  // namespace a2q::views
