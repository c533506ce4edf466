// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QDockWidget>
#include <QLabel>
#include <QStyleFactory>
#include <QTest>

#include "app/workbench/hardware/hardware_controller.h"
#include "app/workbench/settings/theme.h"
#include "app/workbench/window/pane_desk.h"
#include "tests/gui/window_driver.h"
#include "views/accumulator/accumulator_view.h"
#include "views/resources/resources_view.h"
#include "views/resources/synthesis_box.h"

using namespace a2q;
using namespace a2q::gui_test;
using a2q::workbench::CommandId;
using a2q::workbench::MainWindow;
using a2q::workbench::RunPhase;

/// No pane is collapsed and no text is cut at 1280×800, in light and dark. With
/// A2Q_SCREENSHOTS=FOLDER pictures are left there for a person to look at, of the whole sample.
class WorkbenchLookTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void looksRightInLight();
  void looksRightInDark();

 private:
  void look(const QPalette& palette, const QString& theme) const;
  void take(MainWindow& window, const QString& name) const;
  void visitPanes(MainWindow& window, const QString& theme) const;
  QString folder_ = qEnvironmentVariable("A2Q_SCREENSHOTS");
};

namespace {

constexpr int kSettled = 700;  ///< milliseconds until every pane was fed and laid out

void checkPanes(const MainWindow& window) {
  for (const auto* dock : window.findChildren<QDockWidget*>()) {
    if (dock->visibleRegion().isEmpty()) continue;  // behind another tab
    const QSize least = dock->widget()->minimumSize();
    QVERIFY2(least.width() >= 150 && least.height() >= 100, qPrintable(dock->objectName()));
    QVERIFY2(dock->widget()->width() >= least.width(), qPrintable(dock->objectName()));
    QVERIFY2(dock->widget()->height() >= least.height(), qPrintable(dock->objectName()));
  }
  for (const auto* label : window.findChildren<QLabel*>()) {
    if (label->visibleRegion().isEmpty() || label->text().isEmpty()) continue;
    const int needed =
        label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
    QVERIFY2(label->height() >= needed, qPrintable(QStringLiteral("%1 of %2 pixels: %3")
                                                       .arg(label->height())
                                                       .arg(needed)
                                                       .arg(label->text())));
    if (!label->wordWrap()) {
      QVERIFY2(label->width() >= label->sizeHint().width(), qPrintable(label->text()));
    }
  }
}

/// As if a synthesis had found somewhat more, or less, than the estimates, and another one ran.
void showSynthesis(const MainWindow& window) {
  auto story = std::make_shared<views::HardwareStory>(*window.hardware().story());
  const DesignEstimate& estimate = story->plan->estimate;
  DesignSynthesis synthesis{{}, ResourceVector{}, "Yosys 0.23 (git sha1 7ce5011c24b)"};
  double factor = 0.8;
  for (const ResourceEstimate& layer : estimate.layers) {
    synthesis.layers.emplace_back(factor * layer.value);
    synthesis.layers.back()->ff = 0.4 * layer.value.lut;
    *synthesis.total += *synthesis.layers.back();
    factor += 0.15;
  }
  story->synthesis = synthesis;
  window.panes().resources->showHardware(story);
  window.panes().resources->showSynthesis({views::SynthesisPhase::kRunning, 3, 7, {}});
}

}  // namespace

void WorkbenchLookTest::initTestCase() {
  QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
  if (!folder_.isEmpty()) QVERIFY(QDir().mkpath(folder_));
}

void WorkbenchLookTest::take(MainWindow& window, const QString& name) const {
  if (folder_.isEmpty()) return;
  QVERIFY(window.grab().save(QDir(folder_).filePath(name)));
}

void WorkbenchLookTest::looksRightInLight() {
  look(workbench::lightPalette(), QStringLiteral("light"));
}

void WorkbenchLookTest::looksRightInDark() {
  look(workbench::darkPalette(), QStringLiteral("dark"));
}

void WorkbenchLookTest::look(const QPalette& palette, const QString& theme) const {
  QApplication::setPalette(palette);
  MainWindow window;
  window.resize(1280, 800);
  window.show();
  QVERIFY(QTest::qWaitForWindowExposed(&window));
  QTest::qWait(kSettled);
  checkPanes(window);
  take(window, theme + QStringLiteral("-first.png"));
  Experiment experiment = smallSample(2);
  if (!folder_.isEmpty()) experiment = window.document().experiment();
  start(window, experiment);
  const auto telemetry = window.controller().telemetry();
  QTRY_VERIFY_WITH_TIMEOUT(telemetry->epochs.size() > 0, kLong);
  QTest::qWait(kSettled);
  checkPanes(window);
  take(window, theme + QStringLiteral("-training.png"));
  QTRY_VERIFY_WITH_TIMEOUT(window.record() != nullptr, kLong);
  QTest::qWait(kSettled);
  checkPanes(window);
  take(window, theme + QStringLiteral("-end.png"));
  visitPanes(window, theme);
}

/// Every pane in front once, at the usual size and on a large screen.
void WorkbenchLookTest::visitPanes(MainWindow& window, const QString& theme) const {
  const auto visit = [&](const QString& name) {
    QTest::qWait(kSettled);
    checkPanes(window);
    take(window, theme + QLatin1Char('-') + name + QStringLiteral(".png"));
  };
  trigger(window, CommandId::kCheck);
  QTRY_COMPARE_WITH_TIMEOUT(phaseOf(window), RunPhase::kIdle, kLong);
  for (const QDockWidget* dock : window.desk().docks()) {
    window.desk().showPane(dock->objectName().chopped(5));
    visit(dock->objectName());
  }
  window.desk().showPane(QStringLiteral("accumulator"));
  window.panes().accumulator->askWitness();
  visit(QStringLiteral("witness"));
  trigger(window, CommandId::kLayoutAnalyse);
  visit(QStringLiteral("analyse"));
  trigger(window, CommandId::kLayoutCompare);
  visit(QStringLiteral("compare"));
  trigger(window, CommandId::kLayoutHardware);
  visit(QStringLiteral("hardware"));
  showSynthesis(window);
  visit(QStringLiteral("synthesis"));
  window.panes()
      .resources->findChild<QComboBox*>(QStringLiteral("resources_kind"))
      ->setCurrentIndex(4);
  visit(QStringLiteral("synthesis_all"));
  Q_EMIT window.panes().resources->placeWanted(QStringLiteral("ice40hx1k"));
  QTest::keyClick(window.panes().resources->focusProxy(), Qt::Key_Down);
  visit(QStringLiteral("too_small"));
  Q_EMIT window.panes().resources->placeWanted(QStringLiteral("pynq-z2"));
  trigger(window, CommandId::kLayoutTrain);
  window.resize(2560, 1440);
  visit(QStringLiteral("large"));
  trigger(window, CommandId::kLayoutHardware);
  window.panes()
      .resources->findChild<QComboBox*>(QStringLiteral("resources_kind"))
      ->setCurrentIndex(0);
  showSynthesis(window);
  visit(QStringLiteral("large_synthesis"));
}

QTEST_MAIN(WorkbenchLookTest)
#include "workbench_look_test.moc"
