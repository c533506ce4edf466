// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QThread>
#include <QTreeWidget>
#include <atomic>
#include <vector>

#include "app/workbench/command/command_palette.h"
#include "app/workbench/command/commands.h"
#include "app/workbench/command/shortcut_editor.h"
#include "app/workbench/dialogs/about_dialog.h"
#include "app/workbench/dialogs/diagnose_dialog.h"
#include "app/workbench/dialogs/help_pages.h"
#include "app/workbench/dialogs/help_window.h"
#include "app/workbench/dialogs/messages.h"
#include "app/workbench/settings/preferences_dialog.h"
#include "app/workbench/settings/settings.h"
#include "tests/gui/box_driver.h"

using namespace a2q;
using namespace a2q::gui_test;
using namespace a2q::workbench;

/// Errors, About, Diagnose and help. With A2Q_SCREENSHOTS=FOLDER pictures of every dialog are left
/// there for a person to look at.
class DialogsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void remediesAreButtons();
  void closingAnErrorRunsNothing();
  void aboutCanBeCopied();
  void diagnoseShowsWhatIsFound();
  void diagnoseMayCloseWhileItLooks();
  void everyPageIsCompiledIn();
  void helpOpensAtThePane();
  void helpListsTheShortcuts();
  void helpFollowsLinks();
  void noTextIsCut_data();  // NOLINT(readability-identifier-naming): the name Qt Test looks for
  void noTextIsCut();
};

namespace {

void checkLabels(const QDialog& dialog) {
  for (const auto* label : dialog.findChildren<QLabel*>()) {
    if (!label->isVisible() || label->text().isEmpty()) continue;
    const QSize needed = label->sizeHint();
    const int height = label->wordWrap() ? label->heightForWidth(label->width()) : needed.height();
    QVERIFY2(label->height() >= height, qPrintable(label->text()));
    if (!label->wordWrap()) QVERIFY2(label->width() >= needed.width(), qPrintable(label->text()));
  }
}

void take(QDialog& dialog, const QString& name) {
  const QString folder = qEnvironmentVariable("A2Q_SCREENSHOTS");
  if (folder.isEmpty()) return;
  const QString file = QStringLiteral("%1-%2.png").arg(dialog.objectName(), name);
  QVERIFY(QDir().mkpath(folder) && dialog.grab().save(QDir(folder).filePath(file)));
}

}  // namespace

void DialogsTest::remediesAreButtons() {
  std::vector<int> ran;
  QString text;
  pressNext("remedy_1", &text);
  showError(nullptr, makeError(ErrorCode::kWriteFailed, "cannot write", "the disk is full"),
            {{QStringLiteral("&Again"), [&ran] { ran.push_back(0); }},
             {QStringLiteral("&Elsewhere…"), [&ran] { ran.push_back(1); }}});
  QCOMPARE(ran, std::vector<int>{1});
  for (const char* part : {"cannot write", "Why: the disk is full", "What to do: ", "A2Q-0"}) {
    QVERIFY2(text.contains(QString::fromLatin1(part)), part);
  }
}

void DialogsTest::closingAnErrorRunsNothing() {
  bool ran = false;
  answerNextBox(QMessageBox::Close, nullptr);
  showError(nullptr, makeError(ErrorCode::kInternal, "it broke"),
            {{QStringLiteral("&Again"), [&ran] { ran = true; }}});
  QVERIFY(!ran);
}

void DialogsTest::aboutCanBeCopied() {
  const AboutDialog about(QStringLiteral("LibTorch 7 <cpu>"), nullptr);
  const auto* const label = about.findChild<QLabel*>();
  QVERIFY(label->textInteractionFlags() & Qt::TextSelectableByMouse);
  QVERIFY(label->text().contains(QStringLiteral("LibTorch 7 &lt;cpu&gt;")));
  about.findChild<QPushButton*>(QStringLiteral("copy"))->click();
  const QString copied = QGuiApplication::clipboard()->text();
  QCOMPARE(copied, about.plainText());
  for (const char* part :
       {"LibTorch 7 <cpu>", "HDF5: 1.", "Qt: 6.", "QCustomPlot: 2.", "Build: "}) {
    QVERIFY2(copied.contains(QString::fromLatin1(part)), part);
  }
}

void DialogsTest::diagnoseShowsWhatIsFound() {
  const std::vector<Finding> found = {
      {"Libraries", "LibTorch", FindingState::kOk, "LibTorch 7"},
      {"Libraries", "HDF5", FindingState::kMissing, "no such file", "Install it."},
      {"Machine", "Memory", FindingState::kWarning, "0.1 GiB free"}};
  DiagnoseDialog dialog(nullptr, [found] { return found; });
  QSignalSpy spy(&dialog, &DiagnoseDialog::looked);
  QVERIFY(spy.wait(kLong));
  const auto* const table = dialog.findChild<QTreeWidget*>();
  QCOMPARE(table->topLevelItemCount(), 2);
  const auto* const row = table->topLevelItem(0)->child(1);
  QCOMPARE(row->text(0), QStringLiteral("HDF5"));
  QCOMPARE(row->text(1), QStringLiteral("missing"));
  QCOMPARE(row->text(3), QStringLiteral("Install it."));
  QVERIFY(!row->icon(1).isNull());
  QVERIFY(dialog.findChild<QLabel*>(QStringLiteral("verdict"))
              ->text()
              .contains(QStringLiteral("missing")));
  for (auto* button : dialog.findChildren<QPushButton*>()) {
    if (button->text() == QStringLiteral("&Copy")) button->click();
  }
  QCOMPARE(QGuiApplication::clipboard()->text(), QString::fromStdString(diagnosisText(found)));
}

void DialogsTest::diagnoseMayCloseWhileItLooks() {
  std::atomic<bool> go = false;
  std::atomic<bool> ended = false;
  auto* dialog = new DiagnoseDialog(nullptr, [&] {
    while (!go) QThread::msleep(1);
    ended = true;
    return std::vector<Finding>();
  });
  delete dialog;
  go = true;
  QTRY_VERIFY_WITH_TIMEOUT(ended, kLong);
  QTest::qWait(50);  // what the thread hands over reaches nobody
}

void DialogsTest::everyPageIsCompiledIn() {
  for (const HelpPage& page : helpPages()) {
    QVERIFY2(helpText(QString::fromLatin1(page.file), {}).size() > 500, page.file);
  }
  QVERIFY(helpText(QStringLiteral("none.md"), {}).isEmpty());
}

void DialogsTest::helpOpensAtThePane() {
  QDockWidget dock(QStringLiteral("Sparsity"));
  auto* inside = new QWidget(&dock);
  QCOMPARE(helpHeadingFor(inside), QStringLiteral("Sparsity"));
  inside->setProperty("help", QStringLiteral("L1 budget"));
  QCOMPARE(helpHeadingFor(inside), QStringLiteral("L1 budget"));
  QCOMPARE(helpHeadingFor(nullptr), QString());

  const CommandSet commands(nullptr);
  HelpWindow help(commands.shortcutTable(), nullptr);
  help.showPane(QStringLiteral("Sparsity"));
  help.show();
  QTRY_COMPARE(help.headingAtTop(), QStringLiteral("Sparsity"));
  for (const char* pane : {"L1 budget", "Channels", "Accumulator", "Weights", "Sparsity",
                           "Training", "Network", "Runs", "Inspector", "Checks", "Jobs", "Log"}) {
    help.showPane(QString::fromLatin1(pane));
    QTRY_COMPARE(help.headingAtTop(), QString::fromLatin1(pane));
  }
  help.showPane(QStringLiteral("no such pane"));
  QTRY_COMPARE(help.headingAtTop(), QString());
}

void DialogsTest::helpListsTheShortcuts() {
  CommandSet commands(nullptr);
  HelpWindow help(commands.shortcutTable(), nullptr);
  const auto* const text = help.findChild<QTextBrowser*>();
  QVERIFY(text->toPlainText().contains(QStringLiteral("Ctrl+Shift+P")));
  QVERIFY(!text->toPlainText().contains(QStringLiteral("[shortcuts]")));
  QVERIFY(!text->toPlainText().contains(QStringLiteral("Ctrl+Alt+Shift+F12")));
  commands.setShortcut(CommandId::kCheck, QKeySequence(QStringLiteral("Ctrl+Alt+Shift+F12")));
  help.setShortcuts(commands.shortcutTable());
  QVERIFY(text->toPlainText().contains(QStringLiteral("Ctrl+Alt+Shift+F12")));
}

void DialogsTest::helpFollowsLinks() {
  HelpWindow help({}, nullptr);
  help.show();
  auto* const text = help.findChild<QTextBrowser*>();
  Q_EMIT text->anchorClicked(QUrl(QStringLiteral("glossary.md#bits-and-sums")));
  QCOMPARE(help.page(), QStringLiteral("glossary.md"));
  QCOMPARE(help.headingAtTop(), QStringLiteral("Bits and sums"));
  Q_EMIT text->anchorClicked(QUrl(QStringLiteral("workbench.md")));
  QCOMPARE(help.page(), QStringLiteral("workbench.md"));
}

void DialogsTest::noTextIsCut_data() {
  QTest::addColumn<Theme>("theme");
  QTest::newRow("light") << Theme::kLight;
  QTest::newRow("dark") << Theme::kDark;
}

void DialogsTest::noTextIsCut() {
  QFETCH(const Theme, theme);
  ThemeKeeper keeper(nullptr);
  keeper.setTheme(theme);
  const QTemporaryDir place;
  Settings settings(place.filePath(QStringLiteral("settings.ini")));
  CommandSet commands(nullptr);
  commands.setReason(CommandId::kPause, QStringLiteral("Nothing is training."));
  AboutDialog about(QStringLiteral("LibTorch 7, cpu, 2 threads"), nullptr);
  PreferencesDialog preferences(settings, nullptr);
  ShortcutEditor editor(commands, nullptr);
  CommandPalette palette(commands, {}, nullptr);
  HelpWindow help(commands.shortcutTable(), nullptr);
  DiagnoseDialog diagnosis(nullptr);
  QSignalSpy looked(&diagnosis, &DiagnoseDialog::looked);
  QVERIFY(looked.wait(kLong));
  palette.resize(640, 420);
  palette.findChild<QLineEdit*>()->setText(QStringLiteral("pa"));
  editor.select(CommandId::kPause);
  QVERIFY(!editor.assign(QKeySequence(Qt::Key_F5)));
  for (QDialog* dialog : std::initializer_list<QDialog*>{&about, &preferences, &editor, &palette,
                                                         &help, &diagnosis}) {
    dialog->show();
    QTest::qWait(20);
    checkLabels(*dialog);
    take(*dialog, QTest::currentDataTag());
  }
  auto* const pages = preferences.findChild<QTabWidget*>();
  for (int page = 1; page < pages->count(); ++page) {
    pages->setCurrentIndex(page);
    QTest::qWait(200);
    checkLabels(preferences);
    take(preferences, QStringLiteral("%1-%2").arg(QTest::currentDataTag()).arg(page));
  }
  keeper.setTheme(Theme::kSystem);
}

QTEST_MAIN(DialogsTest)
#include "dialogs_test.moc"
