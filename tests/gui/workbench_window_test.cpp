// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QDockWidget>
#include <QFile>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <cstdlib>
#include <memory>
#include <set>

#include "app/workbench/window/pane_desk.h"
#include "tests/gui/window_driver.h"
#include "views/l1_budget/l1_budget_view.h"

using namespace a2q;
using namespace a2q::gui_test;
using a2q::workbench::CommandId;
using a2q::workbench::MainWindow;
using a2q::workbench::RunPhase;

/// The window around a run: what it offers, and that it opens and closes in any order.
class WorkbenchWindowTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void opensWithTheSample();
  void everyCommandIsReachable();
  void disabledCommandsSayWhy();
  void controlsHaveNames();
  void refusesABadFile();
  void closesIdle();
  void asksBeforeClosingARun();
  void closesAPausedRun();
  void isDestroyedWhileRunning();
  void resetsItsLayout();
  void remembersLayouts();
};

namespace {

void collect(const QMenu* menu, std::set<QAction*>& found) {
  for (QAction* action : menu->actions()) {
    found.insert(action);
    if (action->menu() != nullptr) collect(action->menu(), found);
  }
}

}  // namespace

void WorkbenchWindowTest::opensWithTheSample() {
  MainWindow window;
  window.show();
  QVERIFY(window.document().isSample());
  QCOMPARE(window.windowTitle(), QStringLiteral("A2Q Workbench[*]"));
  trigger(window, CommandId::kLayoutTrain);
  QVERIFY(window.windowTitle().contains(QStringLiteral("lenet_digits")));
  const auto& shown = window.findChild<views::L1BudgetView*>()->shown();
  QTRY_COMPARE_WITH_TIMEOUT(shown.rows.size(), std::size_t{2}, kLong);
  QVERIFY(!shown.rows.front().has_values);
  QVERIFY(shown.rows.front().label.contains(QStringLiteral("P 16, N 4, unsigned")));
  QCOMPARE(shown.free, QStringList({QStringLiteral("conv1"), QStringLiteral("fc2")}));
}

void WorkbenchWindowTest::everyCommandIsReachable() {
  MainWindow window;
  std::set<QAction*> in_menus;
  for (const QAction* top : window.menuBar()->actions()) {
    QVERIFY(top->text().contains(QLatin1Char('&')));
    collect(top->menu(), in_menus);
  }
  std::set<QString> shortcuts;
  for (QAction* action : window.commands().actions()) {
    QVERIFY2(in_menus.contains(action), qPrintable(action->objectName()));
    const QString keys = action->shortcut().toString();
    QVERIFY(keys.isEmpty() || shortcuts.insert(keys).second);
    QVERIFY(!action->toolTip().isEmpty());
    QVERIFY(!action->objectName().isEmpty());
  }
}

void WorkbenchWindowTest::disabledCommandsSayWhy() {
  MainWindow window;
  const QAction* save = window.commands().action(CommandId::kSave);
  QVERIFY(!save->isEnabled());
  QVERIFY(save->toolTip().contains(QStringLiteral("train first")));
  QVERIFY(!window.commands().action(CommandId::kPause)->isEnabled());
  QVERIFY(window.commands().action(CommandId::kStart)->isEnabled());
}

void WorkbenchWindowTest::controlsHaveNames() {
  MainWindow window;
  for (const char* name : {"l1_budget", "training_curves", "certificate", "log", "state"}) {
    const auto* widget = window.findChild<QWidget*>(QString::fromUtf8(name));
    QVERIFY2(widget != nullptr, name);
    QVERIFY2(!widget->accessibleName().isEmpty(), name);
  }
  for (const QDockWidget* dock : window.findChildren<QDockWidget*>()) {
    QVERIFY(!dock->accessibleName().isEmpty());
  }
}

void WorkbenchWindowTest::refusesABadFile() {
  MainWindow window;
  window.show();
  QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("bad.toml"));
  QFile file(path);
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write("[network]\nname = ");
  file.close();
  QString text;
  answerNextBox(QMessageBox::Ok, &text);
  window.openFile(path.toStdString());
  QVERIFY(text.contains(QStringLiteral("A2Q-0201")));
  QVERIFY(window.document().isSample());
}

void WorkbenchWindowTest::closesIdle() {
  MainWindow window;
  window.show();
  QVERIFY(window.close());
  QVERIFY(!window.isVisible());
}

void WorkbenchWindowTest::asksBeforeClosingARun() {
  MainWindow window;
  window.show();
  start(window, endlessSample());
  QTRY_VERIFY_WITH_TIMEOUT(stepsOf(window) > 0, kLong);
  answerNextBox(QMessageBox::No, nullptr);
  QVERIFY(!window.close());
  QVERIFY(window.controller().busy());
  QVERIFY(window.isVisible());
  answerNextBox(QMessageBox::Yes, nullptr);
  window.close();
  answerNextBox(QMessageBox::Discard, nullptr);
  QTRY_VERIFY_WITH_TIMEOUT(!window.isVisible(), kLong);
  QCOMPARE(phaseOf(window), RunPhase::kIdle);
}

void WorkbenchWindowTest::closesAPausedRun() {
  MainWindow window;
  window.show();
  start(window, endlessSample());
  QTRY_COMPARE_WITH_TIMEOUT(phaseOf(window), RunPhase::kTraining, kLong);
  trigger(window, CommandId::kPause);
  answerNextBox(QMessageBox::Yes, nullptr);
  trigger(window, CommandId::kQuit);
  answerNextBox(QMessageBox::Discard, nullptr);
  QTRY_VERIFY_WITH_TIMEOUT(!window.isVisible(), kLong);
}

void WorkbenchWindowTest::isDestroyedWhileRunning() {
  for (const bool wait_for_training : {false, true}) {
    auto window = std::make_unique<MainWindow>();
    window->show();
    start(*window, endlessSample());
    if (wait_for_training) QTRY_VERIFY_WITH_TIMEOUT(stepsOf(*window) > 0, kLong);
    window.reset();
  }
  auto paused = std::make_unique<MainWindow>();
  start(*paused, endlessSample());
  QTRY_COMPARE_WITH_TIMEOUT(phaseOf(*paused), RunPhase::kTraining, kLong);
  trigger(*paused, CommandId::kPause);
  paused.reset();
}

void WorkbenchWindowTest::resetsItsLayout() {
  MainWindow window;
  window.show();
  window.setExperiment(smallSample(1), QStringLiteral("a test"));
  auto* dock = window.findChild<QDockWidget*>(QStringLiteral("training_curves_dock"));
  QTRY_VERIFY(dock->isVisible());
  const QRect before = dock->geometry();
  dock->setFloating(true);
  dock->hide();
  trigger(window, CommandId::kResetLayout);
  QVERIFY(dock->isVisible());
  QVERIFY(!dock->isFloating());
  QTRY_VERIFY(std::abs(dock->geometry().left() - before.left()) < 40);
}

void WorkbenchWindowTest::remembersLayouts() {
  {
    MainWindow window;
    window.show();
    window.setExperiment(smallSample(1), QStringLiteral("a test"));
    trigger(window, CommandId::kLayoutAnalyse);
    window.desk().dock(QStringLiteral("weights"))->hide();
    QVERIFY(window.close());
  }
  MainWindow window;
  window.show();
  QCOMPARE(window.desk().layoutShown(), workbench::DeskLayout::kAnalyse);
  window.setExperiment(smallSample(1), QStringLiteral("a test"));
  QVERIFY(window.desk().dock(QStringLiteral("weights"))->isHidden());
  trigger(window, CommandId::kLayoutTrain);
  QVERIFY(!window.desk().dock(QStringLiteral("weights"))->isHidden());
  trigger(window, CommandId::kResetLayout);
}

QTEST_MAIN(WorkbenchWindowTest)
#include "workbench_window_test.moc"
