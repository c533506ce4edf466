// SPDX-License-Identifier: GPL-3.0-or-later
#include <QMessageBox>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <utility>

#include "app/workbench/window/pane_desk.h"
#include "tests/gui/window_driver.h"
#include "views/checks/certificate_view.h"
#include "views/l1_budget/l1_budget_view.h"
#include "views/training_curves/training_curves_view.h"

using namespace a2q;
using namespace a2q::gui_test;
using a2q::workbench::CommandId;
using a2q::workbench::MainWindow;
using a2q::workbench::RunPhase;

/// A run from the first batch to the certificate, driven through the window.
class WorkbenchRunTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void runsToTheEndAndCertifies();
  void pausesResumesAndStops();
  void stopsWhilePaused();
  void stopsWhileLoading();
  void runsTwice();
  void showsAnErrorAndStaysUsable();
  void explainsADivergedRun();
  void savesResultsAndAsksBeforeReplacing();
  void hiddenPaneCatchesUp();
};

namespace {

const views::L1BudgetView& budgetOf(const MainWindow& window) {
  return *window.findChild<views::L1BudgetView*>();
}

bool barsHaveValues(const MainWindow& window) {
  const auto& rows = budgetOf(window).shown().rows;
  return !rows.empty() &&
         std::all_of(rows.begin(), rows.end(), [](const auto& row) { return row.has_values; });
}

}  // namespace

void WorkbenchRunTest::runsToTheEndAndCertifies() {
  MainWindow window;
  window.show();
  start(window, smallSample(1));
  QTRY_VERIFY_WITH_TIMEOUT(window.record() != nullptr, kLong);
  QCOMPARE(window.record()->state, RunState::kFinished);
  const auto* certificate = window.findChild<views::CertificateView*>();
  QTRY_COMPARE_WITH_TIMEOUT(certificate->layerCount(), 4, kLong);
  QVERIFY(certificate->verdict().startsWith(QStringLiteral("Certified")));
  QTRY_VERIFY_WITH_TIMEOUT(barsHaveValues(window), kLong);
  for (const auto& row : budgetOf(window).shown().rows) {
    QVERIFY(!row.over);
    QVERIFY(row.largest > 0 && row.largest <= row.budget);
  }
  const auto* curves = window.findChild<views::TrainingCurvesView*>();
  QTRY_COMPARE_WITH_TIMEOUT(curves->stepCount(), static_cast<int>(stepsOf(window)), kLong);
  QCOMPARE(curves->epochCount(), 1);
}

void WorkbenchRunTest::pausesResumesAndStops() {
  MainWindow window;
  window.show();
  start(window, endlessSample());
  QTRY_VERIFY_WITH_TIMEOUT(barsHaveValues(window) && stepsOf(window) > 5, kLong);
  trigger(window, CommandId::kPause);
  QCOMPARE(phaseOf(window), RunPhase::kPaused);
  // The batch that was under way may still end; then nothing moves.
  std::size_t before = 0;
  QTRY_VERIFY_WITH_TIMEOUT(std::exchange(before, stepsOf(window)) == stepsOf(window) && before > 0,
                           kLong);
  QTest::qWait(400);
  const std::size_t paused = stepsOf(window);
  QTest::qWait(400);
  QCOMPARE(stepsOf(window), paused);
  trigger(window, CommandId::kPause);
  QTRY_VERIFY_WITH_TIMEOUT(stepsOf(window) > paused + 3, kLong);
  trigger(window, CommandId::kStop);
  QCOMPARE(phaseOf(window), RunPhase::kStopping);
  QTRY_COMPARE_WITH_TIMEOUT(phaseOf(window), RunPhase::kIdle, kLong);
  QCOMPARE(window.record()->state, RunState::kStopped);
  const auto* certificate = window.findChild<views::CertificateView*>();
  QTRY_VERIFY_WITH_TIMEOUT(certificate->verdict().contains(QStringLiteral("stopped")), kLong);
}

void WorkbenchRunTest::stopsWhilePaused() {
  MainWindow window;
  window.show();
  start(window, endlessSample());
  QTRY_VERIFY_WITH_TIMEOUT(stepsOf(window) > 0, kLong);
  QTRY_COMPARE_WITH_TIMEOUT(phaseOf(window), RunPhase::kTraining, kLong);
  trigger(window, CommandId::kPause);
  trigger(window, CommandId::kStop);
  QTRY_COMPARE_WITH_TIMEOUT(phaseOf(window), RunPhase::kIdle, kLong);
  QCOMPARE(window.record()->state, RunState::kStopped);
}

void WorkbenchRunTest::stopsWhileLoading() {
  MainWindow window;
  window.show();
  start(window, endlessSample());
  trigger(window, CommandId::kStop);
  QTRY_COMPARE_WITH_TIMEOUT(phaseOf(window), RunPhase::kIdle, kLong);
  QCOMPARE(window.record()->state, RunState::kStopped);
}

void WorkbenchRunTest::runsTwice() {
  MainWindow window;
  window.show();
  start(window, smallSample(1));
  QTRY_VERIFY_WITH_TIMEOUT(window.record() != nullptr, kLong);
  const auto first = window.record();
  trigger(window, CommandId::kStart);
  QVERIFY(window.record() == nullptr);
  QTRY_VERIFY_WITH_TIMEOUT(window.record() != nullptr, kLong);
  // The same seed on the same machine: the same integers.
  QVERIFY(first->weights.back().values == window.record()->weights.back().values);
}

void WorkbenchRunTest::showsAnErrorAndStaysUsable() {
  MainWindow window;
  window.show();
  QTemporaryDir folder;
  Experiment experiment = smallSample(1);
  experiment.data.set = "mnist";
  experiment.data.path = folder.path().toStdString();
  QString text;
  answerNextBox(QMessageBox::Close, &text);
  start(window, experiment);
  QTRY_VERIFY_WITH_TIMEOUT(!text.isEmpty(), kLong);
  QVERIFY(text.contains(QStringLiteral("What to do")));
  QVERIFY(text.contains(QStringLiteral("A2Q-0301")));
  QTRY_COMPARE_WITH_TIMEOUT(phaseOf(window), RunPhase::kIdle, kLong);
  start(window, smallSample(1));
  QTRY_VERIFY_WITH_TIMEOUT(window.record() != nullptr, kLong);
}

void WorkbenchRunTest::explainsADivergedRun() {
  MainWindow window;
  window.show();
  Experiment experiment = smallSample(3);
  experiment.training.learning_rate = 1e30;
  QString text;
  answerNextBox(QMessageBox::Close, &text);
  start(window, experiment);
  QTRY_VERIFY_WITH_TIMEOUT(window.record() != nullptr && !text.isEmpty(), kLong);
  QCOMPARE(window.record()->state, RunState::kDiverged);
  QVERIFY(text.contains(QStringLiteral("A2Q-0601")));
  QVERIFY(text.contains(QStringLiteral("Why: ")));
  QVERIFY(text.contains(QStringLiteral("What to do: ")));
}

void WorkbenchRunTest::savesResultsAndAsksBeforeReplacing() {
  MainWindow window;
  window.show();
  start(window, smallSample(1));
  QTRY_VERIFY_WITH_TIMEOUT(window.record() != nullptr, kLong);
  QTemporaryDir folder;
  const QString certificate = folder.filePath(QStringLiteral("certificate.json"));
  window.saveTo(folder.path().toStdString());
  QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(certificate) && !window.controller().busy(), kLong);
  QVERIFY(QFile::remove(certificate));
  QString question;
  answerNextBox(QMessageBox::Save, &question);
  window.saveTo(folder.path().toStdString());
  QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(certificate) && !window.controller().busy(), kLong);
  QVERIFY(question.contains(folder.path()));
}

void WorkbenchRunTest::hiddenPaneCatchesUp() {
  MainWindow window;
  window.show();
  auto* curves = window.findChild<views::TrainingCurvesView*>();
  auto* dock = window.findChild<QWidget*>(QStringLiteral("training_curves_dock"));
  dock->hide();
  start(window, smallSample(1));
  QTRY_VERIFY_WITH_TIMEOUT(window.record() != nullptr, kLong);
  QCOMPARE(curves->stepCount(), 0);
  window.desk().showPane(QStringLiteral("training_curves"));
  QTRY_COMPARE_WITH_TIMEOUT(curves->stepCount(), static_cast<int>(stepsOf(window)), kLong);
  QCOMPARE(curves->epochCount(), 1);
}

QTEST_MAIN(WorkbenchRunTest)
#include "workbench_run_test.moc"
