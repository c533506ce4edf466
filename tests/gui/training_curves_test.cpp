// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDoubleSpinBox>
#include <QTest>
#include <cmath>

#include "plot_driver.h"
#include "story_samples.h"
#include "views/common/csv_table.h"
#include "views/training_curves/training_curves_view.h"

using namespace a2q;
using namespace a2q::plots;
using samples::storyOf;
using samples::StoryShape;

/// The curves of runs: grown step by step, compared, smoothed.
class TrainingCurvesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void csvIsWhatIsVisible();
  void incrementalIsRebuilt();
  void otherRunStartsAnew();
  void keysByEpochAndTime();
  void overlaysRuns();
  void smoothingKeepsGhost();
};

void TrainingCurvesTest::csvIsWhatIsVisible() {
  views::TrainingCurvesView view;
  open(view);
  const auto story = share(storyOf({}));
  view.showRun(story);
  QCustomPlot& plot = plotOf(view);
  // Loss, its ghost and its 4 tests; score and its 4 tests.
  QCOMPARE(linesOf(view.csvText()).size(), 1 + 400 + 400 + 4 + 400 + 4);
  plot.axisRect(0)->axis(QCPAxis::atBottom)->setRange(99.5, 110.5);
  const QStringList lines = linesOf(view.csvText());
  QCOMPARE(lines.size(), 1 + 11 + 11 + 1 + 11 + 1);
  QCOMPARE(lines.front(), QStringLiteral("curve,series,step,value"));
  int raw = 0;
  for (const QString& line : lines.mid(1)) {
    const QStringList cells = views::csvCells(line);
    const double key = cells[2].toDouble();
    QVERIFY(key >= 100 && key <= 110);
    if (cells[1] != QStringLiteral("run-1 training (raw)")) continue;
    const double loss = story->steps.row(static_cast<std::size_t>(key) - 1)[3];
    QCOMPARE(cells[3].toFloat(), static_cast<float>(loss));
    ++raw;
  }
  QCOMPARE(raw, 11);
}

void TrainingCurvesTest::incrementalIsRebuilt() {
  for (const auto unit :
       {views::KeyUnit::kStep, views::KeyUnit::kEpoch, views::KeyUnit::kSeconds}) {
    views::TrainingCurvesView grown;
    open(grown);
    grown.setKeyUnit(unit);
    StoryShape shape;
    for (const std::size_t steps : {0, 1, 60, 100, 101, 350, 400, 1500}) {
      shape.steps = steps;
      grown.showRun(share(storyOf(shape)));
    }
    views::TrainingCurvesView rebuilt;
    open(rebuilt);
    rebuilt.setKeyUnit(unit);
    rebuilt.showRun(share(storyOf(shape)));
    QCOMPARE(grown.stepCount(), 1500);
    QCOMPARE(grown.epochCount(), 15);
    QVERIFY(linesOf(grown.csvText()).size() > 4000);
    QCOMPARE(grown.csvText(), rebuilt.csvText());
  }
}

void TrainingCurvesTest::otherRunStartsAnew() {
  views::TrainingCurvesView view;
  open(view);
  StoryShape shape;
  view.showRun(share(storyOf(shape)));
  // The same run started again: as long, of the same name, with other values.
  shape.seed = 2;
  const auto other = share(storyOf(shape));
  view.showRun(other);
  views::TrainingCurvesView fresh;
  open(fresh);
  fresh.showRun(other);
  QCOMPARE(view.csvText(), fresh.csvText());
  shape.steps = 40;
  view.showRun(share(storyOf(shape)));
  QCOMPARE(view.stepCount(), 40);
  QCOMPARE(view.epochCount(), 0);
}

void TrainingCurvesTest::keysByEpochAndTime() {
  views::TrainingCurvesView view;
  open(view);
  const auto story = share(storyOf({}));
  view.showRun(story);
  const auto last_test = [&] {
    const QCPGraph& tests = view.panels().front()->tests();
    return tests.data()->at(tests.dataCount() - 1)->key;
  };
  QCOMPARE(last_test(), 400.0);
  view.setKeyUnit(views::KeyUnit::kEpoch);
  QCOMPARE(last_test(), 4.0);
  view.setKeyUnit(views::KeyUnit::kSeconds);
  QCOMPARE(last_test(), story->steps.row(399)[9]);
  QVERIFY(linesOf(view.csvText()).front().contains(QStringLiteral("seconds")));
}

void TrainingCurvesTest::overlaysRuns() {
  views::TrainingCurvesView view;
  open(view);
  StoryShape shape;
  view.showRun(share(storyOf(shape)));
  std::vector<views::ComparedRun> compared;
  for (int i = 2; i <= 3; ++i) {
    shape.name = "run-" + std::to_string(i);
    shape.seed = static_cast<std::uint32_t>(i);
    compared.push_back(
        {share(storyOf(shape)), i == 2 ? QColor(Qt::magenta) : QColor(Qt::green), i == 2});
  }
  view.showCompared(compared);
  QTRY_VERIFY(!view.readsRuns());
  for (const auto& panel : view.panels()) {
    QCOMPARE(panel->overlays().size(), std::size_t{2});
    const auto& overlays = panel->overlays();
    QCOMPARE(overlays[0]->pen().color(), QColor(Qt::magenta));
    QCOMPARE(overlays[1]->pen().color(), QColor(Qt::green));
    QVERIFY(overlays[0]->pen().widthF() > overlays[1]->pen().widthF());
    QCOMPARE(overlays[0]->name(), QStringLiteral("run-2 (baseline)"));
    QCOMPARE(overlays[1]->name(), QStringLiteral("run-3"));
  }
  QCOMPARE(view.panels()[0]->overlays()[0]->dataCount(), 400);
  // Runs are compared by what was measured on the test part.
  const auto* tested = view.panels()[1]->overlays()[1];
  QCOMPARE(tested->dataCount(), 4);
  QCOMPARE(static_cast<float>(tested->dataMainValue(3)),
           static_cast<float>(100 * compared[1].story->epochs[3].test_score));
  QCOMPARE(legendOf(plotOf(view)).itemCount(), 4);
  view.showCompared({});
  QCOMPARE(view.panels()[0]->overlays().size(), std::size_t{0});
}

void TrainingCurvesTest::smoothingKeepsGhost() {
  views::TrainingCurvesView view;
  open(view);
  const auto story = share(storyOf({}));
  view.showRun(story);
  auto* spin = view.findChild<QDoubleSpinBox*>(QStringLiteral("smoothing"));
  spin->setValue(0.5);
  const auto& panel = *view.panels().front();
  const auto loss = [&](std::size_t row) { return story->steps.row(row)[3]; };
  QCOMPARE(static_cast<float>(panel.ghost().dataMainValue(1)), static_cast<float>(loss(1)));
  // s/c after two values with w = 1/2: (x0/4 + x1/2) / (3/4).
  const double smooth = (loss(0) / 4 + loss(1) / 2) / 0.75;
  QVERIFY(std::abs(panel.line().dataMainValue(1) - smooth) < 1e-6);
  spin->setValue(0);
  QCOMPARE(panel.ghost().dataCount(), 0);
  QCOMPARE(static_cast<float>(panel.line().dataMainValue(1)), static_cast<float>(loss(1)));
}

QTEST_MAIN(TrainingCurvesTest)
#include "training_curves_test.moc"
