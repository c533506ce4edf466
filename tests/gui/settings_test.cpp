// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFile>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolTip>
#include <QTreeWidget>

#include "app/workbench/settings/data_page.h"
#include "app/workbench/settings/preferences_dialog.h"
#include "app/workbench/settings/settings.h"
#include "app/workbench/settings/theme.h"
#include "core/data/catalogue.h"
#include "views/common/plot_theme.h"

using namespace a2q::workbench;

/// What the workbench remembers, and the colours it has.
class SettingsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void beginsWithDefaults();
  void keepsWhatIsSet();
  void survivesDamage_data();  // NOLINT(readability-identifier-naming): the name Qt Test looks for
  void survivesDamage();
  void isUsableOnADamagedFile();
  void recentProjectsAreUniqueAndTen();
  void layoutsAreKeptByName();
  void tellsChanges();
  void preferencesApply();
  void preferencesRefuseABadDevice();
  void everyFieldOfThePreferencesIsExplained();
  void dataPageListsEverySet();
  void textIsReadable_data();  // NOLINT(readability-identifier-naming): the name Qt Test looks for
  void textIsReadable();
  void themesReachToolTipsAndBack();
  void checkBoxesAreSeenInTheDark();

 private:
  [[nodiscard]] QString path() const { return folder_.filePath(QStringLiteral("a2q/w.ini")); }
  void write(const QByteArray& text) const;

  QTemporaryDir folder_;
};

namespace {

void checkDefaults(const Settings& settings) {
  QCOMPARE(settings.theme(), Theme::kSystem);
  QCOMPARE(settings.autosaveInterval(), Settings::kUsualAutosave);
  QCOMPARE(settings.compute().device, std::string("cpu"));
  QCOMPARE(settings.compute().threads, 0);
  QCOMPARE(settings.hardware(), HardwareChoice());
  QVERIFY(settings.showsWelcome());
  QVERIFY(!settings.reducesDrawing());
  QVERIFY(settings.recentProjects().isEmpty());
  QVERIFY(settings.shortcuts().isEmpty());
}

}  // namespace

void SettingsTest::write(const QByteArray& text) const {
  QVERIFY(QDir().mkpath(folder_.filePath(QStringLiteral("a2q"))));
  QFile file(path());
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write(text);
}

void SettingsTest::beginsWithDefaults() {
  checkDefaults(Settings(folder_.filePath(QStringLiteral("none.ini"))));
}

void SettingsTest::keepsWhatIsSet() {
  const QString place = folder_.filePath(QStringLiteral("kept.ini"));
  const ShortcutMap keys = {{QStringLiteral("start"), QKeySequence(QStringLiteral("Ctrl+,, F9"))},
                            {QStringLiteral("about"), QKeySequence()}};
  {
    Settings settings(place);
    settings.setTheme(Theme::kDark);
    settings.setAutosaveInterval(std::chrono::seconds(30));
    settings.setCompute({"cuda:1", 3});
    settings.setHardware({QStringLiteral("icebreaker"), a2q::ModelKind::kFinn, 85, 48});
    settings.setShowsWelcome(false);
    settings.setReducesDrawing(true);
    settings.setShortcuts(keys);
    settings.setCurrentLayout(QStringLiteral("compare"));
  }
  const Settings again(place);
  QCOMPARE(again.theme(), Theme::kDark);
  QCOMPARE(again.autosaveInterval(), std::chrono::seconds(30));
  QCOMPARE(again.compute().device, std::string("cuda:1"));
  QCOMPARE(again.compute().threads, 3);
  QCOMPARE(again.hardware().place, QStringLiteral("icebreaker"));
  QCOMPARE(again.hardware().model, a2q::ModelKind::kFinn);
  QCOMPARE(again.hardware().utilisation, 85);
  QCOMPARE(again.hardware().clock_mhz, 48);
  QVERIFY(!again.showsWelcome());
  QVERIFY(again.reducesDrawing());
  QCOMPARE(again.shortcuts(), keys);
  QCOMPARE(again.currentLayout(), QStringLiteral("compare"));
}

void SettingsTest::survivesDamage_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::newRow("words") << QByteArray(
      "[appearance]\ntheme=purple\nshow_welcome=perhaps\nreduced_drawing=7\n"
      "[projects]\nautosave_seconds=-4\nrecent=relative/path\n"
      "[compute]\ndevice=cuda:9999\nthreads=many\n"
      "[hardware]\ndevice=abacus\nmodel=guess\nutilisation_percent=101\n"
      "clock_mhz=fast\n[shortcuts]\nstart=Hyper+Flower\n");
  QTest::newRow("numbers") << QByteArray(
      "[projects]\nautosave_seconds=99999999999999\n[compute]\nthreads=1e9\ndevice=\"cpu; rm\"\n");
  QTest::newRow("types") << QByteArray(
      "[appearance]\ntheme=@ByteArray(\\0\\0)\nshow_welcome=@Variant(\\0\\0\\0\\x11)\n"
      "[projects]\nautosave_seconds=@Rect(1 2 3 4)\n[compute]\nthreads=1, 2, 3\n");
  QTest::newRow("bytes") << QByteArray("\x00\xff[[[=\n]=\xfe\n@@@=\n\x7f", 15);
}

void SettingsTest::survivesDamage() {
  QFETCH(const QByteArray, text);
  write(text);
  checkDefaults(Settings(path()));
}

void SettingsTest::isUsableOnADamagedFile() {
  write("no ini at all\n[appearance\ntheme=dark\n");
  Settings settings(path());
  settings.setTheme(Theme::kLight);
  settings.addRecent(QStringLiteral("/data/a.a2q"));
  QCOMPARE(settings.theme(), Theme::kLight);
  QCOMPARE(settings.recentProjects(), QStringList{QStringLiteral("/data/a.a2q")});
}

void SettingsTest::recentProjectsAreUniqueAndTen() {
  Settings settings(folder_.filePath(QStringLiteral("recent.ini")));
  QSignalSpy spy(&settings, &Settings::recentChanged);
  for (int i = 0; i < 12; ++i) settings.addRecent(QStringLiteral("/data/%1.a2q").arg(i));
  QCOMPARE(settings.recentProjects().size(), Settings::kRecentProjects);
  QCOMPARE(settings.recentProjects().front(), QStringLiteral("/data/11.a2q"));
  QCOMPARE(settings.recentProjects().back(), QStringLiteral("/data/2.a2q"));
  settings.addRecent(QStringLiteral("/data/x/../5.a2q"));  // the same file
  QCOMPARE(settings.recentProjects().size(), Settings::kRecentProjects);
  QCOMPARE(settings.recentProjects().front(), QStringLiteral("/data/5.a2q"));
  QCOMPARE(settings.recentProjects().count(QStringLiteral("/data/5.a2q")), 1);
  settings.addRecent(QStringLiteral("here.a2q"));
  QVERIFY(QDir::isAbsolutePath(settings.recentProjects().front()));
  settings.removeRecent(QStringLiteral("/data/5.a2q"));
  QVERIFY(!settings.recentProjects().contains(QStringLiteral("/data/5.a2q")));
  settings.clearRecents();
  QVERIFY(settings.recentProjects().isEmpty());
  QCOMPARE(spy.size(), 16);
}

void SettingsTest::layoutsAreKeptByName() {
  const QString place = folder_.filePath(QStringLiteral("layouts.ini"));
  const QByteArray geometry("\0\1\2,;=", 6);
  {
    Settings settings(place);
    settings.setLayout(QStringLiteral("train"), {geometry, "one"});
    settings.setLayout(QStringLiteral("compare"), {geometry, "two"});
    settings.forgetLayout(QStringLiteral("compare"));
  }
  const Settings again(place);
  QCOMPARE(again.layout(QStringLiteral("train")).geometry, geometry);
  QCOMPARE(again.layout(QStringLiteral("train")).state, QByteArray("one"));
  QVERIFY(again.layout(QStringLiteral("compare")).state.isEmpty());
}

void SettingsTest::tellsChanges() {
  Settings settings(folder_.filePath(QStringLiteral("changes.ini")));
  QSignalSpy spy(&settings, &Settings::changed);
  settings.setTheme(Theme::kDark);
  QCOMPARE(spy.size(), 1);
  settings.setTheme(Theme::kDark);
  settings.setShortcuts({});
  QCOMPARE(spy.size(), 1);
}

void SettingsTest::preferencesApply() {
  Settings settings(folder_.filePath(QStringLiteral("preferences.ini")));
  PreferencesDialog dialog(settings, nullptr);
  dialog.findChild<QComboBox*>(QStringLiteral("theme"))->setCurrentIndex(2);
  dialog.findChild<QSpinBox*>(QStringLiteral("autosave"))->setValue(45);
  dialog.findChild<QCheckBox*>(QStringLiteral("welcome"))->setChecked(false);
  dialog.findChild<QComboBox*>(QStringLiteral("device"))->setEditText(QStringLiteral("auto"));
  dialog.findChild<QSpinBox*>(QStringLiteral("threads"))->setValue(1);
  checkDefaults(settings);  // nothing before Apply
  dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Apply)->click();
  QCOMPARE(settings.theme(), Theme::kDark);
  QCOMPARE(settings.autosaveInterval(), std::chrono::seconds(45));
  QVERIFY(!settings.showsWelcome());
  QCOMPARE(settings.compute().device, std::string("auto"));
  QCOMPARE(settings.compute().threads, 1);
  const PreferencesDialog again(settings, nullptr);
  QCOMPARE(again.findChild<QComboBox*>(QStringLiteral("theme"))->currentIndex(), 2);
  QCOMPARE(again.findChild<QSpinBox*>(QStringLiteral("autosave"))->value(), 45);
}

void SettingsTest::preferencesRefuseABadDevice() {
  Settings settings(folder_.filePath(QStringLiteral("device.ini")));
  const PreferencesDialog dialog(settings, nullptr);
  const auto* const buttons = dialog.findChild<QDialogButtonBox*>();
  auto* const device = dialog.findChild<QComboBox*>(QStringLiteral("device"));
  device->setEditText(QStringLiteral("cuda:"));
  QVERIFY(!buttons->button(QDialogButtonBox::Ok)->isEnabled());
  QVERIFY(!buttons->button(QDialogButtonBox::Apply)->isEnabled());
  device->setEditText(QStringLiteral("cuda:0"));
  QVERIFY(buttons->button(QDialogButtonBox::Ok)->isEnabled());
}

void SettingsTest::everyFieldOfThePreferencesIsExplained() {
  Settings settings(folder_.filePath(QStringLiteral("explained.ini")));
  const PreferencesDialog dialog(settings, nullptr);
  int fields = 0;
  for (const char* name :
       {"theme", "autosave", "welcome", "reduced", "device", "threads", "data_sets"}) {
    const auto* const field = dialog.findChild<QWidget*>(QString::fromLatin1(name));
    QVERIFY2(field != nullptr && !field->toolTip().isEmpty(), name);
    ++fields;
  }
  QCOMPARE(fields, 7);
}

void SettingsTest::dataPageListsEverySet() {
  DataPage page;
  QSignalSpy spy(&page, &DataPage::filled);
  QVERIFY(spy.wait(20'000));
  const auto* const sets = page.findChild<QTreeWidget*>();
  QCOMPARE(sets->topLevelItemCount(), static_cast<int>(a2q::catalogue().size()));
  QCOMPARE(sets->topLevelItem(0)->text(0), QStringLiteral("digits"));
  QCOMPARE(sets->topLevelItem(0)->text(1), QStringLiteral("built in"));
}

void SettingsTest::textIsReadable_data() {
  QTest::addColumn<QPalette>("palette");
  QTest::newRow("light") << lightPalette();
  QTest::newRow("dark") << darkPalette();
}

void SettingsTest::textIsReadable() {
  QFETCH(const QPalette, palette);
  using Role = QPalette::ColorRole;
  using Group = QPalette::ColorGroup;
  constexpr double kLeast = 4.5;  // WCAG 2.1, 1.4.3
  struct Pair {
    Group group;
    Role text;
    Role ground;
  };
  std::vector<Pair> pairs;
  for (const Group group : {QPalette::Active, QPalette::Inactive, QPalette::Disabled}) {
    pairs.insert(pairs.end(), {{group, QPalette::WindowText, QPalette::Window},
                               {group, QPalette::Text, QPalette::Base},
                               {group, QPalette::Text, QPalette::AlternateBase},
                               {group, QPalette::Text, QPalette::Window},
                               {group, QPalette::ToolTipText, QPalette::ToolTipBase},
                               {group, QPalette::PlaceholderText, QPalette::Base},
                               {group, QPalette::HighlightedText, QPalette::Highlight},
                               {group, QPalette::Link, QPalette::Base},
                               {group, QPalette::Link, QPalette::Window},
                               {group, QPalette::LinkVisited, QPalette::Base},
                               {group, QPalette::LinkVisited, QPalette::Window}});
  }
  pairs.push_back({QPalette::Active, QPalette::ButtonText, QPalette::Button});
  for (const Pair& pair : pairs) {
    const double ratio =
        contrastRatio(palette.color(pair.group, pair.text), palette.color(pair.group, pair.ground));
    QVERIFY2(ratio >= kLeast, qPrintable(QStringLiteral("group %1: %2 on %3 is %4")
                                             .arg(pair.group)
                                             .arg(pair.text)
                                             .arg(pair.ground)
                                             .arg(ratio)));
  }
  // A disabled control is exempt from 4.5 there, but is still to be read.
  QVERIFY(contrastRatio(palette.color(QPalette::Disabled, QPalette::ButtonText),
                        palette.color(QPalette::Disabled, QPalette::Button)) >= 3);
  const a2q::views::PlotTheme theme = a2q::views::plotTheme(palette);
  QVERIFY(contrastRatio(theme.text, theme.background) >= kLeast);
  for (const QColor& series : {theme.first, theme.second, theme.limit}) {
    QVERIFY(contrastRatio(series, theme.background) >= 3);  // WCAG 2.1, 1.4.11
  }
}

void SettingsTest::themesReachToolTipsAndBack() {
  QCOMPARE(contrastRatio(Qt::black, Qt::white), 21.0);
  QCOMPARE(contrastRatio(Qt::white, Qt::white), 1.0);
  ThemeKeeper keeper(nullptr);
  const QColor before = QApplication::palette().color(QPalette::Base);
  QSignalSpy spy(&keeper, &ThemeKeeper::changed);
  keeper.setTheme(Theme::kDark);
  QTRY_VERIFY(!spy.isEmpty());
  QVERIFY(a2q::views::isDark(QApplication::palette()));
  QCOMPARE(QToolTip::palette().color(QPalette::ToolTipBase),
           darkPalette().color(QPalette::ToolTipBase));
  keeper.setTheme(Theme::kLight);
  QVERIFY(!a2q::views::isDark(QApplication::palette()));
  keeper.setTheme(Theme::kSystem);
  QCOMPARE(QApplication::palette().color(QPalette::Base), before);
}

void SettingsTest::checkBoxesAreSeenInTheDark() {
  ThemeKeeper keeper(nullptr);
  keeper.setTheme(Theme::kDark);
  QCheckBox box;
  const QImage picture = box.grab().toImage();
  const QColor ground = box.palette().color(QPalette::Window);
  int clear = 0;
  for (int y = 0; y < picture.height(); ++y) {
    for (int x = 0; x < picture.width(); ++x) {
      clear += contrastRatio(picture.pixelColor(x, y), ground) >= 3 ? 1 : 0;  // WCAG 2.1, 1.4.11
    }
  }
  keeper.setTheme(Theme::kSystem);
  QVERIFY(clear >= 4 * 8);  // a frame
}

QTEST_MAIN(SettingsTest)
#include "settings_test.moc"
