// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/what_if/what_if_controller.h"

#include <QElapsedTimer>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTest>
#include <algorithm>

#include "core/data/data_set.h"
#include "core/network/sample_experiment.h"
#include "core/training/trainer.h"
#include "views/common/selection.h"
#include "views/inspector/inspector_view.h"
#include "views/inspector/preview_table.h"

using namespace a2q;
using workbench::ObservedPointer;
using workbench::WhatIfController;

/// Questions of the inspector answered from a trained network, end to end.
class WhatIfControllerTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void init();
  void cleanup();
  void boundsThenAScore();
  void thePresentBitsScoreTheSame();
  void answersFastEnough();
  void aPlanHasBudgetsOnly();
  void waitsForItsTurn();
  void missingDataAreSaid();
  void measuresWhatDataReach();
  void aQuestionDoesNotLoseAMeasurement();
  void otherRunsEndQuestions();

 private:
  [[nodiscard]] QString score() const;
  void moveP(int bits) const;
  [[nodiscard]] bool scored() const;

  std::shared_ptr<const RunRecord> record_;
  views::StoryPointer story_;
  workbench::TrainerTurn turn_;
  std::unique_ptr<views::Selection> selection_;
  std::unique_ptr<views::InspectorView> inspector_;
  std::unique_ptr<WhatIfController> controller_;
};

namespace {

constexpr int kLong = 60'000;

class Silent : public TrainObserver {
 public:
  void onStep(const StepReport&) override {}
  void onEpoch(const EpochRecord&) override {}
  void onSnapshot(const std::vector<LayerSnapshot>&) override {}
};

views::StoryPointer storyOf(const std::shared_ptr<const RunRecord>& record) {
  auto story = std::make_shared<views::RunStory>();
  story->name = "run-1";
  story->experiment = record->experiment;
  story->record = record;
  auto layers = std::make_shared<std::vector<LayerSnapshot>>();
  for (const IntegerWeights& weights : record->weights) {
    LayerSnapshot layer;
    layer.layer = weights.layer;
    for (std::int64_t c = 0; c < weights.channels; ++c) {
      layer.channels.push_back(signedSums(weights.channel(c)));
    }
    layer.zeros = std::count(weights.values.begin(), weights.values.end(), 0);
    layers->push_back(std::move(layer));
  }
  story->layers = std::move(layers);
  return story;
}

}  // namespace

void WhatIfControllerTest::initTestCase() {
  Experiment experiment = parseExperiment(sampleSpecification(), "sample").value();
  experiment.training.epochs = 1;
  experiment.training.batch_size = 32;
  experiment.data.train_samples = 400;
  experiment.data.test_samples = 100;
  const auto data = loadDataSet(experiment.data, experiment.training.seed);
  QVERIFY(data);
  const auto trainer = openTrainer();
  QVERIFY(trainer);
  Silent observer;
  auto record = (*trainer)->train({experiment, *data}, observer, {});
  QVERIFY(record);
  record_ = std::make_shared<const RunRecord>(std::move(*record));
}

void WhatIfControllerTest::init() {
  story_ = storyOf(record_);
  turn_ = std::make_shared<std::mutex>();
  selection_ = std::make_unique<views::Selection>();
  inspector_ = std::make_unique<views::InspectorView>(*selection_);
  controller_ = std::make_unique<WhatIfController>(*inspector_, turn_);
  inspector_->showRun(story_);
  inspector_->showExperiment(story_->experiment);
}

void WhatIfControllerTest::cleanup() {
  controller_.reset();
  inspector_.reset();
}

QString WhatIfControllerTest::score() const {
  return inspector_->findChild<QLabel*>(QStringLiteral("what_if_score"))->text();
}

bool WhatIfControllerTest::scored() const { return score().contains(QStringLiteral("[measured]")); }

void WhatIfControllerTest::moveP(int bits) const {
  inspector_->findChild<QSpinBox*>(QStringLiteral("P_number"))->setValue(bits);
}

void WhatIfControllerTest::boundsThenAScore() {
  controller_->setStory(story_);
  moveP(9);
  auto* table = inspector_->findChild<views::PreviewTable*>();
  QTRY_VERIFY_WITH_TIMEOUT(scored(), kLong);
  QCOMPARE(table->rowCount(), 2);
  QCOMPARE(table->cell(0, 0), QStringLiteral("conv2\nP 16→9"));
  QVERIFY2(!table->cell(0, 2).contains(QStringLiteral("⚠")), "the projected weights are safe");
  QVERIFY(score().contains(QStringLiteral("on 100 cached test samples")));
  QVERIFY(score().startsWith(
      QStringLiteral("Accuracy ") +
      QString::fromStdString(scoreText(Metric::kAccuracy, record_->epochs.back().test_score))));
  QTRY_VERIFY(!controller_->busy());
}

void WhatIfControllerTest::thePresentBitsScoreTheSame() {
  controller_->setStory(story_);
  QSignalSpy asked(inspector_.get(), &views::InspectorView::whatIfChanged);
  // More bits than it needs: no integer changes, so the score does not.
  moveP(20);
  QCOMPARE(asked.size(), 1);
  QTRY_VERIFY_WITH_TIMEOUT(scored(), kLong);
  const QString before =
      QString::fromStdString(scoreText(Metric::kAccuracy, record_->epochs.back().test_score));
  QVERIFY2(score().contains(QStringLiteral("%1 → <b>%1</b>").arg(before)), qPrintable(score()));
}

/// A bound far above what it takes, for machines that are busy.
void WhatIfControllerTest::answersFastEnough() {
  constexpr int kSlowMachine = 10;
  controller_->setStory(story_);
  QTRY_VERIFY_WITH_TIMEOUT(!controller_->busy(), kLong);
  QElapsedTimer time;
  time.start();
  moveP(10);
  auto* table = inspector_->findChild<views::PreviewTable*>();
  QTRY_VERIFY_WITH_TIMEOUT(table->rowCount() > 0, kLong);
  QVERIFY2(time.elapsed() < 100 * kSlowMachine, qPrintable(QString::number(time.elapsed())));
  QTRY_VERIFY_WITH_TIMEOUT(scored(), kLong);
  QVERIFY2(time.elapsed() < 1000 * kSlowMachine, qPrintable(QString::number(time.elapsed())));
}

void WhatIfControllerTest::aPlanHasBudgetsOnly() {
  auto plan = std::make_shared<views::RunStory>();
  plan->experiment = record_->experiment;
  plan->layers = std::make_shared<const std::vector<LayerSnapshot>>();
  inspector_->showRun(plan);
  controller_->setStory(plan);
  moveP(9);
  QVERIFY(score().contains(QStringLiteral("Budgets only")));
  auto* table = inspector_->findChild<views::PreviewTable*>();
  QCOMPARE(table->cell(0, 2), QStringLiteral("–\n–"));
  QVERIFY(!controller_->busy());
}

void WhatIfControllerTest::waitsForItsTurn() {
  std::unique_lock training(*turn_);
  controller_->setStory(story_);
  moveP(9);
  QTRY_VERIFY_WITH_TIMEOUT(score().contains(QStringLiteral("when no training runs")), kLong);
  QSignalSpy failed(controller_.get(), &WhatIfController::measureFailed);
  controller_->measure();
  QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kLong);
  training.unlock();
  moveP(10);
  QTRY_VERIFY_WITH_TIMEOUT(scored(), kLong);
}

void WhatIfControllerTest::missingDataAreSaid() {
  RunRecord elsewhere = *record_;
  elsewhere.experiment.data.set = "mnist";
  elsewhere.experiment.data.path = "/there/is/no/such/folder";
  const auto story = storyOf(std::make_shared<const RunRecord>(std::move(elsewhere)));
  controller_->setStory(story);
  moveP(9);
  QTRY_VERIFY_WITH_TIMEOUT(score().startsWith(QStringLiteral("No score: ")), kLong);
  QVERIFY(inspector_->findChild<views::PreviewTable*>()->rowCount() > 0);
}

void WhatIfControllerTest::measuresWhatDataReach() {
  controller_->setStory(story_);
  QSignalSpy seen(controller_.get(), &WhatIfController::observed);
  controller_->measure();
  QVERIFY(controller_->busy());
  QTRY_COMPARE_WITH_TIMEOUT(seen.size(), 1, kLong);
  const auto layers = seen.first().at(0).value<ObservedPointer>();
  QVERIFY(seen.first().at(1).toLongLong() > 0);
  QCOMPARE(layers->size(), record_->weights.size());
  for (std::size_t i = 0; i < layers->size(); ++i) {
    const LayerBound& bound = record_->certificate.layers[i];
    QCOMPARE((*layers)[i].layer, bound.layer);
    for (std::size_t c = 0; c < bound.channels.size(); ++c) {
      QVERIFY((*layers)[i].channels[c].high <= bound.channels[c].range.high);
      QVERIFY((*layers)[i].channels[c].low >= bound.channels[c].range.low);
    }
  }
  QTRY_VERIFY(!controller_->busy());
}

void WhatIfControllerTest::aQuestionDoesNotLoseAMeasurement() {
  controller_->setStory(story_);
  QSignalSpy seen(controller_.get(), &WhatIfController::observed);
  controller_->measure();
  QTest::qWait(60);
  moveP(9);
  QTRY_VERIFY_WITH_TIMEOUT(scored(), kLong);
  QTRY_COMPARE_WITH_TIMEOUT(seen.size(), 1, kLong);
}

void WhatIfControllerTest::otherRunsEndQuestions() {
  controller_->setStory(story_);
  QSignalSpy seen(controller_.get(), &WhatIfController::observed);
  controller_->measure();
  QTest::qWait(20);
  auto plan = std::make_shared<views::RunStory>();
  plan->experiment = record_->experiment;
  plan->layers = std::make_shared<const std::vector<LayerSnapshot>>();
  controller_->setStory(plan);
  QVERIFY(!controller_->busy());
  QSignalSpy failed(controller_.get(), &WhatIfController::measureFailed);
  controller_->measure();
  QCOMPARE(failed.size(), 1);
  QTest::qWait(50);
  QCOMPARE(seen.size(), 0);
}

QTEST_MAIN(WhatIfControllerTest)
#include "what_if_controller_test.moc"
