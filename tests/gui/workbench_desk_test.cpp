// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QMessageBox>
#include <QMimeData>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include "app/workbench/run/eta_range.h"
#include "app/workbench/window/command_line_text.h"
#include "app/workbench/window/pane_desk.h"
#include "tests/gui/window_driver.h"
#include "views/accumulator/accumulator_view.h"
#include "views/checks/checks_view.h"
#include "views/inspector/inspector_view.h"
#include "views/network/network_view.h"
#include "views/runs/runs_view.h"

using namespace a2q;
using namespace a2q::gui_test;
using a2q::workbench::CommandId;
using a2q::workbench::MainWindow;
using a2q::workbench::RunPhase;

/// What the panes ask for, and what the window makes of it.
class WorkbenchDeskTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void showsAndComparesRuns();
  void goesOnWithAStoppedRun();
  void anAbortedRunLeavesNothing();
  void checksARun();
  void panesChangeTheSpecification();
  void copiesCommands();
  void takesWhatIsDropped();
  void tellsTheTimeLeftAsARange();

 private:
  QTemporaryDir folder_;
};

namespace {

void waitIdle(const MainWindow& window) {
  QTRY_COMPARE_WITH_TIMEOUT(phaseOf(window), RunPhase::kIdle, kLong);
}

void train(MainWindow& window) {
  trigger(window, CommandId::kStart);
  QTRY_VERIFY_WITH_TIMEOUT(window.controller().busy(), kLong);
  waitIdle(window);
}

std::string uuidOf(const MainWindow& window, std::size_t run) {
  return window.document().project()->saved()->runs.at(run).uuid;
}

}  // namespace

void WorkbenchDeskTest::initTestCase() {
  qputenv("XDG_STATE_HOME", folder_.filePath(QStringLiteral("state")).toUtf8());
}

void WorkbenchDeskTest::showsAndComparesRuns() {
  MainWindow window;
  window.show();
  window.setExperiment(smallSample(1), QStringLiteral("a test"));
  train(window);
  Experiment narrower = window.document().experiment();
  narrower.quant.accumulator_bits = BitWidth{12};
  window.edit(narrower, QStringLiteral("P 16 → 12"));
  train(window);
  QTRY_COMPARE_WITH_TIMEOUT(window.panes().runs->runCount(), 2, kLong);
  QCOMPARE(window.record()->experiment.quant.accumulator_bits.bits, 12);
  // The first run again, as it was.
  Q_EMIT window.panes().runs->runActivated(QString::fromStdString(uuidOf(window, 0)));
  QTRY_COMPARE_WITH_TIMEOUT(window.record()->experiment.quant.accumulator_bits.bits, 16, kLong);
  QCOMPARE(window.document().experiment().quant.accumulator_bits.bits, 12);
  Q_EMIT window.panes().runs->runActivated(QString::fromStdString(uuidOf(window, 1)));
  QTRY_COMPARE_WITH_TIMEOUT(window.record()->experiment.quant.accumulator_bits.bits, 12, kLong);
}

void WorkbenchDeskTest::goesOnWithAStoppedRun() {
  MainWindow window;
  window.show();
  start(window, smallSample(2));
  QTRY_VERIFY_WITH_TIMEOUT(stepsOf(window) > 2, kLong);
  QVERIFY(!window.commands().action(CommandId::kContinue)->isEnabled());
  trigger(window, CommandId::kStop);
  waitIdle(window);
  QCOMPARE(window.record()->state, RunState::kStopped);
  const std::size_t stopped = window.record()->steps.rows();
  QTRY_VERIFY_WITH_TIMEOUT(window.commands().action(CommandId::kContinue)->isEnabled(), kLong);
  trigger(window, CommandId::kContinue);
  QTRY_VERIFY_WITH_TIMEOUT(window.controller().busy(), kLong);
  waitIdle(window);
  QCOMPARE(window.record()->state, RunState::kFinished);
  QVERIFY(window.record()->steps.rows() > stopped);
  QCOMPARE(window.document().project()->saved()->runs.size(), std::size_t{1});
}

void WorkbenchDeskTest::anAbortedRunLeavesNothing() {
  MainWindow window;
  window.show();
  start(window, endlessSample());
  QTRY_VERIFY_WITH_TIMEOUT(stepsOf(window) > 2, kLong);
  QString question;
  answerNextBox(QMessageBox::Yes, &question);
  trigger(window, CommandId::kAbort);
  waitIdle(window);
  QVERIFY(question.contains(QStringLiteral("not kept")));
  QCOMPARE(window.document().project()->saved()->runs.size(), std::size_t{0});
}

void WorkbenchDeskTest::checksARun() {
  MainWindow window;
  window.show();
  window.setExperiment(smallSample(1), QStringLiteral("a test"));
  QVERIFY(!window.commands().action(CommandId::kCheck)->isEnabled());
  train(window);
  trigger(window, CommandId::kCheck);
  QCOMPARE(phaseOf(window), RunPhase::kChecking);
  waitIdle(window);
  for (const CheckResult& check : window.panes().checks->checks()) {
    QVERIFY2(check.state == CheckState::kPassed, check.text.c_str());
  }
  auto* accumulator = window.panes().accumulator;
  const auto* witness = accumulator->findChild<QWidget*>(QStringLiteral("witness"));
  QVERIFY(!witness->isVisibleTo(accumulator));
  window.desk().showPane(QStringLiteral("accumulator"));
  QTRY_VERIFY_WITH_TIMEOUT(!accumulator->shown().empty(), kLong);
  accumulator->askWitness();
  QTRY_VERIFY_WITH_TIMEOUT(witness->isVisibleTo(accumulator), kLong);
}

void WorkbenchDeskTest::panesChangeTheSpecification() {
  MainWindow window;
  window.show();
  window.setExperiment(smallSample(1), QStringLiteral("a test"));
  QuantSpec wanted = window.document().experiment().quant;
  wanted.accumulator_bits = BitWidth{11};
  Q_EMIT window.panes().inspector->applyWanted(wanted);
  QCOMPARE(window.document().experiment().quant.accumulator_bits.bits, 11);
  QVERIFY(window.commands().action(CommandId::kUndo)->text().contains(QStringLiteral("P → 11")));
  Experiment edited = window.document().experiment();
  edited.training.epochs = 9;
  Q_EMIT window.panes().network->editWanted(edited, QStringLiteral("nine epochs"));
  QCOMPARE(window.document().experiment().training.epochs, 9);
  trigger(window, CommandId::kUndo);
  trigger(window, CommandId::kUndo);
  QVERIFY(window.document().experiment() == smallSample(1));
}

void WorkbenchDeskTest::copiesCommands() {
  MainWindow window;
  window.show();
  trigger(window, CommandId::kCopyAsCommand);
  QCOMPARE(QApplication::clipboard()->text(),
           QStringLiteral("a2q new lenet_digits.a2q && a2q train lenet_digits.a2q"));
  Experiment changed = window.document().experiment();
  changed.quant.accumulator_bits = BitWidth{12};
  window.edit(changed, QStringLiteral("P 16 → 12"));
  trigger(window, CommandId::kCopyAsCommand);
  QVERIFY(QApplication::clipboard()->text().endsWith(
      QStringLiteral(" --set quant.accumulator_bits=12")));
  QCOMPARE(workbench::shellWord(QStringLiteral("it's here")), QStringLiteral("'it'\\''s here'"));
  QCOMPARE(workbench::shellWord(QStringLiteral("a/b.a2q")), QStringLiteral("a/b.a2q"));
}

void WorkbenchDeskTest::takesWhatIsDropped() {
  MainWindow window;
  window.show();
  QMimeData data;
  data.setUrls({QUrl::fromLocalFile(folder_.path())});
  QDragEnterEvent enter(QPoint(200, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&window, &enter);
  QVERIFY(enter.isAccepted());
  QDropEvent drop(QPointF(200, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&window, &drop);
  QTRY_COMPARE_WITH_TIMEOUT(window.document().experiment().data.path, folder_.path().toStdString(),
                            kLong);
  QVERIFY(window.desk().isVisible());
}

void WorkbenchDeskTest::tellsTheTimeLeftAsARange() {
  workbench::EtaEstimator eta;
  StepReport step;
  step.epochs = 1;
  step.batches = 1000;
  step.epoch = 1;
  double seconds = 0;
  for (std::int64_t i = 1; i <= 400; ++i) {
    seconds += i <= 200 ? 0.1 : 0.2;  // it slows down
    step.step = step.batch = i;
    step.seconds = seconds;
    eta.add(step, 0);
    if (i == 5) QVERIFY(!eta.range());
  }
  const auto range = eta.range();
  QVERIFY(range);
  // 600 steps are left: at the pace of all, and at that of the last ones.
  QVERIFY2(std::abs(range->least - 600 * 0.15) < 2, qPrintable(QString::number(range->least)));
  QVERIFY2(std::abs(range->most - 600 * 0.2) < 2, qPrintable(QString::number(range->most)));
  eta.restart();
  QVERIFY(!eta.range());
}

QTEST_MAIN(WorkbenchDeskTest)
#include "workbench_desk_test.moc"
