// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QCoreApplication>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>
#include <set>

#include "app/workbench/command/command_palette.h"
#include "app/workbench/command/commands.h"
#include "app/workbench/command/match_rank.h"
#include "app/workbench/command/recent_menu.h"
#include "app/workbench/command/shortcut_editor.h"

using namespace a2q::workbench;

/// The command table and what lives on it: menus, palette, shortcut editor.
class CommandsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyCommandIsDescribed();
  void everyCommandStandsInOneMenu();
  void glyphsAreDrawnAndDiffer();
  void disabledCommandsSayWhy();
  void buttonsKeepTheirWords();
  void choicesExcludeEachOther();
  void ranksByWordStarts();
  void paletteFindsBySubsequence();
  void paletteRunsWithTheKeyboard();
  void paletteDoesNotRunWhatIsDisabled();
  void paletteHasEntriesOfTheCaller();
  void editorRefusesConflicts();
  void editorRefusesTyping();
  void editorAppliesOnOkAlone();
  void damagedShortcutsFallBack();
  void recentFilesAreOffered();
};

namespace {

QLineEdit& queryOf(const CommandPalette& palette) { return *palette.findChild<QLineEdit*>(); }

void collect(const QMenu& menu, std::multiset<const QAction*>& found) {
  for (const QAction* action : menu.actions()) {
    if (action->menu() != nullptr) {
      collect(*action->menu(), found);
    } else if (!action->isSeparator()) {
      found.insert(action);
    }
  }
}

QImage pictureOf(Glyph glyph) {
  QImage picture(32, 32, QImage::Format_ARGB32);
  picture.fill(Qt::white);
  QPainter painter(&picture);
  glyphIcon(glyph).paint(&painter, picture.rect());
  return picture;
}

}  // namespace

void CommandsTest::everyCommandIsDescribed() {
  std::set<QString> names;
  std::set<QString> shortcuts;
  std::size_t position = 0;
  for (const CommandRow& row : commandTable()) {
    QCOMPARE(static_cast<std::size_t>(row.id), position++);
    QVERIFY(QString::fromUtf8(row.text).contains(QLatin1Char('&')));
    QVERIFY2(*row.tip != '\0' && !QString::fromUtf8(row.tip).endsWith(QLatin1Char('.')), row.name);
    QVERIFY2(names.insert(QString::fromUtf8(row.name)).second, row.name);
    const QKeySequence keys = CommandSet::usualShortcut(row.id);
    QCOMPARE(keys.toString(QKeySequence::PortableText), QString::fromUtf8(row.shortcut));
    if (!keys.isEmpty()) QVERIFY2(shortcuts.insert(keys.toString()).second, row.name);
  }
  QCOMPARE(position, kCommandCount);
  const CommandSet commands(nullptr);
  for (const CommandRow& row : commandTable()) {
    const QAction* const action = commands.action(row.id);
    QCOMPARE(action->objectName(), QString::fromUtf8(row.name));
    QVERIFY(action->toolTip().startsWith(QString::fromUtf8(row.tip)));
    QVERIFY(!action->toolTip().contains(QStringLiteral("()")));
    QCOMPARE(action->icon().isNull(), !row.glyph.has_value());
    QVERIFY(commands.shortcutTable().contains(commands.plainText(row.id)));
  }
}

void CommandsTest::everyCommandStandsInOneMenu() {
  const CommandSet commands(nullptr);
  QMenu recent;
  std::multiset<const QAction*> found;
  for (const Category category : kCategories) {
    QMenu menu;
    commands.fillMenu(menu, category, category == Category::kFile ? &recent : nullptr);
    collect(menu, found);
    // No letter twice in a menu.
    std::set<QChar> letters;
    for (const QAction* action : menu.actions()) {
      if (action->isSeparator() || action->menu() == &recent) continue;
      const qsizetype mark = action->text().indexOf(QLatin1Char('&'));
      QVERIFY2(letters.insert(action->text()[mark + 1].toLower()).second,
               qPrintable(action->text()));
    }
    if (category == Category::kFile) {
      const qsizetype sample = menu.actions().indexOf(commands.action(CommandId::kOpenSample));
      QCOMPARE(menu.actions()[sample + 1]->menu(), &recent);
    }
  }
  QCOMPARE(found.size(), kCommandCount);
  for (const QAction* action : commands.actions()) QCOMPARE(found.count(action), std::size_t{1});
}

void CommandsTest::glyphsAreDrawnAndDiffer() {
  std::vector<QImage> pictures;
  for (int i = 0; i < kGlyphCount; ++i) {
    const QImage picture = pictureOf(static_cast<Glyph>(i));
    int inked = 0;
    for (int y = 0; y < picture.height(); ++y) {
      for (int x = 0; x < picture.width(); ++x) inked += qGray(picture.pixel(x, y)) < 128 ? 1 : 0;
    }
    QVERIFY2(inked > 20 && inked < 700, qPrintable(QString::number(i)));
    for (const QImage& other : pictures) QVERIFY2(picture != other, qPrintable(QString::number(i)));
    pictures.push_back(picture);
  }
}

void CommandsTest::disabledCommandsSayWhy() {
  CommandSet commands(nullptr);
  const QString reason = QStringLiteral("Nothing is training.");
  commands.setReason(CommandId::kPause, reason);
  const QAction* const pause = commands.action(CommandId::kPause);
  QVERIFY(!pause->isEnabled());
  QVERIFY(pause->toolTip().contains(reason));
  QCOMPARE(pause->statusTip(), reason);
  commands.setReason(CommandId::kPause, {});
  QVERIFY(pause->isEnabled());
  QVERIFY(!pause->toolTip().contains(reason));
}

void CommandsTest::buttonsKeepTheirWords() {
  CommandSet commands(nullptr);
  const QAction& undo = *commands.action(CommandId::kUndo);
  commands.setText(CommandId::kUndo, QStringLiteral("&Undo accumulator_bits = 13"));
  QCOMPARE(undo.text(), QStringLiteral("&Undo accumulator_bits = 13"));
  QCOMPARE(undo.iconText(), QStringLiteral("Undo"));
  QVERIFY(!commands.shortcutTable().contains(QStringLiteral("accumulator_bits")));
  commands.setText(CommandId::kPause, QStringLiteral("Res&ume"));
  QCOMPARE(commands.action(CommandId::kPause)->iconText(), QStringLiteral("Resume"));
}

void CommandsTest::choicesExcludeEachOther() {
  const CommandSet commands(nullptr);
  commands.action(CommandId::kThemeDark)->setChecked(true);
  commands.action(CommandId::kThemeLight)->setChecked(true);
  QVERIFY(!commands.action(CommandId::kThemeDark)->isChecked());
  commands.action(CommandId::kFullScreen)->setChecked(true);
  QVERIFY(commands.action(CommandId::kThemeLight)->isChecked());
}

void CommandsTest::ranksByWordStarts() {
  const auto rank = [](const char* query, const char* text) {
    return matchRank(QString::fromLatin1(query), QString::fromLatin1(text));
  };
  QVERIFY(!rank("tsx", "Start"));
  QVERIFY(!rank("trats", "Start"));
  QVERIFY(rank("srt", "Start"));
  QVERIFY(rank("", "Start"));
  QVERIFY(!rank("a", ""));
  QVERIFY(rank("rl", "Reset layout") > rank("rl", "World record"));
  QVERIFY(rank("sta", "Start") > rank("sta", "Save this again"));
  QVERIFY(rank("save", "Save") > rank("save", "Save as"));
  QVERIFY(rank("go conv2", "Go to layer conv2") > rank("go conv2", "Go to layer conv12"));
}

void CommandsTest::paletteFindsBySubsequence() {
  const CommandSet commands(nullptr);
  CommandPalette palette(commands, {}, nullptr);
  QCOMPARE(palette.shown().size(), static_cast<qsizetype>(kCommandCount) - 1);  // not itself
  queryOf(palette).setText(QStringLiteral("rslay"));
  QCOMPARE(palette.shown(), QStringList{QStringLiteral("Reset layout")});
  queryOf(palette).setText(QStringLiteral("theme dark"));  // by its menu
  QCOMPARE(palette.shown(), QStringList{QStringLiteral("Dark")});
  queryOf(palette).setText(QStringLiteral("xyzzy"));
  QVERIFY(palette.shown().isEmpty());
}

void CommandsTest::paletteRunsWithTheKeyboard() {
  const CommandSet commands(nullptr);
  QSignalSpy spy(&commands, &CommandSet::triggered);
  CommandPalette palette(commands, {}, nullptr);
  palette.show();
  queryOf(palette).setText(QStringLiteral("save"));
  const QStringList shown = palette.shown();
  QCOMPARE(shown.first(), QStringLiteral("Save"));
  QVERIFY(shown.size() > 1);
  QTest::keyClick(&queryOf(palette), Qt::Key_Down);
  QTest::keyClick(&queryOf(palette), Qt::Key_Up);
  QTest::keyClick(&queryOf(palette), Qt::Key_Return);
  QVERIFY(!palette.isVisible());
  QCOMPARE(spy.size(), 1);
  QCOMPARE(spy[0][0].value<CommandId>(), CommandId::kSaveProject);

  CommandPalette left(commands, {}, nullptr);
  left.show();
  QTest::keyClick(&queryOf(left), Qt::Key_Escape);
  QVERIFY(!left.isVisible());
  QCOMPARE(spy.size(), 1);
}

void CommandsTest::paletteDoesNotRunWhatIsDisabled() {
  CommandSet commands(nullptr);
  commands.setReason(CommandId::kUndo, QStringLiteral("Nothing was changed."));
  QSignalSpy spy(&commands, &CommandSet::triggered);
  CommandPalette palette(commands, {}, nullptr);
  palette.show();
  queryOf(palette).setText(QStringLiteral("undo"));
  const auto* const item = palette.findChild<QTreeWidget*>()->topLevelItem(0);
  QVERIFY(item->text(0).contains(QStringLiteral("Nothing was changed.")));
  QTest::keyClick(&queryOf(palette), Qt::Key_Return);
  QVERIFY(palette.isVisible());
  QCOMPARE(spy.size(), 0);
}

void CommandsTest::paletteHasEntriesOfTheCaller() {
  const CommandSet commands(nullptr);
  int ran = 0;
  std::vector<PaletteEntry> more;
  for (const char* layer : {"conv1", "conv2"}) {
    more.push_back({.text = QStringLiteral("Go to layer %1").arg(QLatin1String(layer)),
                    .category = QStringLiteral("Layer"),
                    .run = [&ran, layer] { ran = layer[4] - '0'; }});
  }
  CommandPalette palette(commands, more, nullptr);
  palette.show();
  queryOf(palette).setText(QStringLiteral("layer2"));
  QCOMPARE(palette.shown(), QStringList{QStringLiteral("Go to layer conv2")});
  QTest::keyClick(&queryOf(palette), Qt::Key_Enter);
  QCOMPARE(ran, 2);
}

void CommandsTest::editorRefusesConflicts() {
  CommandSet commands(nullptr);
  ShortcutEditor editor(commands, nullptr);
  editor.select(CommandId::kPause);
  QVERIFY(!editor.assign(QKeySequence(QStringLiteral("F5"))));
  QVERIFY2(editor.message().contains(QStringLiteral("\"Start\"")), qPrintable(editor.message()));
  // The first keys of a longer sequence are as bad.
  QVERIFY(!editor.assign(QKeySequence(QStringLiteral("F5, F6"))));
  editor.select(CommandId::kStart);
  QVERIFY(editor.assign(QKeySequence(QStringLiteral("F12"))));
  QVERIFY(editor.message().isEmpty());
  editor.select(CommandId::kPause);
  QVERIFY(editor.assign(QKeySequence(QStringLiteral("F5"))));  // it is free now
  editor.accept();
  QCOMPARE(commands.shortcut(CommandId::kPause), QKeySequence(QStringLiteral("F5")));
  QVERIFY(commands.action(CommandId::kPause)->toolTip().contains(QStringLiteral("(F5)")));
  QCOMPARE(commands.changedShortcuts().keys(),
           (QStringList{QStringLiteral("pause"), QStringLiteral("start")}));
  ShortcutEditor second(commands, nullptr);
  second.resetAll();
  second.accept();
  QVERIFY(commands.changedShortcuts().isEmpty());
}

void CommandsTest::editorRefusesTyping() {
  CommandSet commands(nullptr);
  ShortcutEditor editor(commands, nullptr);
  editor.select(CommandId::kCheck);
  for (const char* keys : {"A", "Shift+A", "Tab", "Return", "Esc", "Up", "Del"}) {
    QVERIFY2(!editor.assign(QKeySequence(QString::fromLatin1(keys))), keys);
    QVERIFY(!editor.message().isEmpty());
  }
  for (const char* keys : {"Ctrl+Alt+A", "Shift+F9", "Alt+Return", ""}) {
    QVERIFY2(editor.assign(QKeySequence(QString::fromLatin1(keys))), keys);
  }
}

void CommandsTest::editorAppliesOnOkAlone() {
  CommandSet commands(nullptr);
  QSignalSpy spy(&commands, &CommandSet::shortcutsChanged);
  ShortcutEditor editor(commands, nullptr);
  editor.select(CommandId::kAbout);
  QVERIFY(editor.assign({}));
  editor.reject();
  QVERIFY(commands.changedShortcuts().isEmpty());
  QCOMPARE(spy.size(), 0);
}

void CommandsTest::damagedShortcutsFallBack() {
  CommandSet commands(nullptr);
  commands.setShortcuts({{QStringLiteral("start"), QKeySequence(QStringLiteral("F12"))},
                         {QStringLiteral("of_a_later_version"), QKeySequence(Qt::Key_F10)}});
  QCOMPARE(commands.shortcut(CommandId::kStart), QKeySequence(Qt::Key_F12));
  commands.setShortcuts({{QStringLiteral("start"), QKeySequence(Qt::Key_F6)}});  // that of Pause
  QVERIFY(commands.changedShortcuts().isEmpty());
}

void CommandsTest::recentFilesAreOffered() {
  const QStringList files = {QStringLiteral("/data/b&c.a2q"), QStringLiteral("/data/a.toml")};
  RecentMenu menu([&files] { return files; }, nullptr);
  QSignalSpy spy(&menu, &RecentMenu::chosen);
  Q_EMIT menu.aboutToShow();
  QCOMPARE(menu.actions().size(), 4);  // two files, a line, "clear"
  QVERIFY(menu.actions()[0]->text().contains(QStringLiteral("b&&c.a2q")));
  menu.actions()[1]->trigger();
  QCOMPARE(spy.size(), 1);
  QCOMPARE(spy[0][0].toString(), files[1]);
  menu.setReason(QStringLiteral("Stop the training first."));
  Q_EMIT menu.aboutToShow();
  QVERIFY(!menu.actions()[0]->isEnabled());
  QVERIFY(menu.actions()[0]->toolTip().contains(QStringLiteral("Stop the training first.")));
}

QTEST_MAIN(CommandsTest)
#include "commands_test.moc"
