// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QDir>
#include <QDockWidget>
#include <QLabel>
#include <QStyle>
#include <QStyleFactory>
#include <QTest>

#include "tests/gui/window_driver.h"
#include "views/checks/certificate_view.h"
#include "views/l1_budget/l1_budget_view.h"

using namespace a2q;
using namespace a2q::gui_test;
using a2q::workbench::MainWindow;

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
  QString folder_ = qEnvironmentVariable("A2Q_SCREENSHOTS");
};

namespace {

QPalette darkPalette() {
  QPalette palette(QColor(53, 53, 53));
  palette.setColor(QPalette::Base, QColor(32, 32, 32));
  palette.setColor(QPalette::AlternateBase, QColor(44, 48, 54));
  palette.setColor(QPalette::Highlight, QColor(42, 130, 218));
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
    palette.setColor(role, Qt::white);
    palette.setColor(QPalette::Disabled, role, QColor(140, 140, 140));
  }
  return palette;
}

void checkPanes(const MainWindow& window) {
  for (const auto* dock : window.findChildren<QDockWidget*>()) {
    if (dock->visibleRegion().isEmpty()) continue;  // behind another tab
    QVERIFY2(dock->widget()->width() >= 250, qPrintable(dock->objectName()));
    QVERIFY2(dock->widget()->height() >= 100, qPrintable(dock->objectName()));
  }
  for (const auto* label : window.findChildren<QLabel*>()) {
    if (!label->isVisible() || label->text().isEmpty()) continue;
    const int needed =
        label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
    QVERIFY2(label->height() >= needed, qPrintable(label->text()));
    if (!label->wordWrap()) {
      QVERIFY2(label->width() >= label->sizeHint().width(), qPrintable(label->text()));
    }
  }
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
  look(QApplication::style()->standardPalette(), QStringLiteral("light"));
}

void WorkbenchLookTest::looksRightInDark() { look(darkPalette(), QStringLiteral("dark")); }

void WorkbenchLookTest::look(const QPalette& palette, const QString& theme) const {
  QApplication::setPalette(palette);
  MainWindow window;
  window.show();
  QVERIFY(QTest::qWaitForWindowExposed(&window));
  QTest::qWait(100);
  checkPanes(window);
  take(window, theme + QStringLiteral("-first.png"));
  Experiment experiment = smallSample(2);
  if (!folder_.isEmpty()) experiment = window.document().experiment();
  start(window, experiment);
  const auto telemetry = window.controller().telemetry();
  QTRY_VERIFY_WITH_TIMEOUT(telemetry->epochs.size() > 0, kLong);
  QTest::qWait(100);
  checkPanes(window);
  take(window, theme + QStringLiteral("-training.png"));
  QTRY_VERIFY_WITH_TIMEOUT(window.document().record() != nullptr, kLong);
  QTest::qWait(100);
  checkPanes(window);
  take(window, theme + QStringLiteral("-end.png"));
}

QTEST_MAIN(WorkbenchLookTest)
#include "workbench_look_test.moc"
