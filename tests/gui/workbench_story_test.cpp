// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

#include "app/workbench/window/pane_desk.h"
#include "tests/gui/window_driver.h"
#include "views/l1_budget/l1_budget_view.h"
#include "views/runs/runs_view.h"
#include "views/welcome/welcome_view.h"

using namespace a2q;
using namespace a2q::gui_test;
using a2q::workbench::CommandId;
using a2q::workbench::MainWindow;
using a2q::workbench::RunPhase;

/// One sitting of a researcher, from the first page to the exported picture.
class WorkbenchStoryTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void sampleTrainsAtAClick();
  void pausesChangesUndoesAndResumes();
  void savesReopensAndExports();

 private:
  QTemporaryDir folder_;
};

namespace {

std::vector<std::int64_t> normsOf(const MainWindow& window) {
  std::vector<std::int64_t> norms;
  for (const auto& row : window.panes().budget->shown().rows) norms.push_back(row.largest);
  return norms;
}

bool barsMove(const MainWindow& window) {
  const auto has_values = [&] {
    const auto norms = normsOf(window);
    return !norms.empty() && norms.front() > 0;
  };
  if (!QTest::qWaitFor(has_values, kLong)) return false;
  const auto before = normsOf(window);
  return QTest::qWaitFor([&] { return normsOf(window) != before; }, kLong);
}

int accumulatorOf(const MainWindow& window) {
  return window.document().experiment().quant.accumulator_bits.bits;
}

}  // namespace

void WorkbenchStoryTest::initTestCase() {
  qputenv("XDG_STATE_HOME", folder_.filePath(QStringLiteral("state")).toUtf8());
}

void WorkbenchStoryTest::sampleTrainsAtAClick() {
  MainWindow window;
  window.show();
  auto* welcome = window.findChild<views::WelcomeView*>();
  QVERIFY(welcome->isVisible());
  QVERIFY(!window.desk().isVisible());
  Q_EMIT welcome->sampleWanted();
  QVERIFY(window.desk().isVisible());
  QVERIFY(window.controller().trains());
  QVERIFY(window.document().isSample());
  // Worth watching within ten seconds; a loaded machine is given more.
  QVERIFY(barsMove(window));
  QVERIFY(barsMove(window));
  trigger(window, CommandId::kStop);
  QTRY_COMPARE_WITH_TIMEOUT(phaseOf(window), RunPhase::kIdle, kLong);
  QCOMPARE(window.record()->state, RunState::kStopped);
}

void WorkbenchStoryTest::pausesChangesUndoesAndResumes() {
  MainWindow window;
  window.show();
  start(window, endlessSample());
  QVERIFY(barsMove(window));
  trigger(window, CommandId::kPause);
  QCOMPARE(phaseOf(window), RunPhase::kPaused);
  auto* field = window.findChild<QSpinBox*>(QStringLiteral("accumulator_bits"));
  QCOMPARE(field->value(), 16);
  field->setValue(12);
  QCOMPARE(accumulatorOf(window), 12);
  // The run goes on as it began.
  QVERIFY(window.panes().budget->shown().rows.front().label.contains(QStringLiteral("P 16")));
  QVERIFY(window.commands().action(CommandId::kUndo)->text().contains(QStringLiteral("P 16 → 12")));
  trigger(window, CommandId::kUndo);
  QCOMPARE(accumulatorOf(window), 16);
  QCOMPARE(field->value(), 16);
  trigger(window, CommandId::kRedo);
  QCOMPARE(accumulatorOf(window), 12);
  trigger(window, CommandId::kPause);
  QCOMPARE(phaseOf(window), RunPhase::kTraining);
  QVERIFY(barsMove(window));
  trigger(window, CommandId::kStop);
  QTRY_COMPARE_WITH_TIMEOUT(phaseOf(window), RunPhase::kIdle, kLong);
  QCOMPARE(window.record()->experiment.quant.accumulator_bits.bits, 16);
}

void WorkbenchStoryTest::savesReopensAndExports() {
  const auto path = folder_.filePath(QStringLiteral("story.a2q")).toStdString();
  {
    MainWindow window;
    window.show();
    start(window, smallSample(1));
    QTRY_VERIFY_WITH_TIMEOUT(window.record() != nullptr, kLong);
    Experiment changed = window.document().experiment();
    changed.quant.accumulator_bits = BitWidth{13};
    window.edit(changed, QStringLiteral("P 16 → 13"));
    window.saveProjectTo(path);
    QTRY_VERIFY_WITH_TIMEOUT(!window.isWindowModified() && !window.controller().busy(), kLong);
    QVERIFY(window.close());
  }
  MainWindow window;
  window.show();
  window.openFile(path);
  QTRY_COMPARE_WITH_TIMEOUT(window.panes().runs->runCount(), 1, kLong);
  QCOMPARE(accumulatorOf(window), 13);
  // The stored run is shown as it ended: integers, certificate and all.
  QTRY_VERIFY_WITH_TIMEOUT(window.record() != nullptr, kLong);
  QCOMPARE(window.record()->experiment.quant.accumulator_bits.bits, 16);
  QVERIFY(window.record()->certificate.safe());
  window.desk().showPane(QStringLiteral("l1_budget"));
  QTRY_VERIFY_WITH_TIMEOUT(normsOf(window).front() > 0, kLong);
  for (const char* name : {"budget.png", "budget.svg", "budget.pdf", "budget.csv"}) {
    const QString picture = folder_.filePath(QString::fromUtf8(name));
    QVERIFY2(window.panes().budget->exportTo(picture), name);
    QVERIFY2(QFile(picture).size() > 50, name);
  }
}

QTEST_MAIN(WorkbenchStoryTest)
#include "workbench_story_test.moc"
