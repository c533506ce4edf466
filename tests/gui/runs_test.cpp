// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>
#include <map>
#include <set>

#include "core/project/project_diff.h"
#include "tests/gui/run_rows.h"
#include "views/common/plot_theme.h"
#include "views/runs/run_filter.h"
#include "views/runs/runs_table.h"
#include "views/runs/runs_view.h"

using namespace a2q;
using testing::runWith;
using testing::specificationWith;
using views::RunColumn;
using views::RunsView;

/// The table of runs, fed with values made by hand.
class RunsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void filterTakesTermsAndWords();
  void badFilterIsSaidAndTheLastOneStays();
  void sortsNumbersAsNumbers();
  void absentValuesComeLast();
  void differencesToTheBaseline();
  void differingSettingsAreThoseOfDiff();
  void unreadableSpecificationsAreSaid();
  void strokesAreStableAndApart();
  void visibilityIsTold();
  void keysWork();
  void aTrainingRowKeepsTheChoice();
  void shownRunIsMarked();
  void csvIsWhatIsShown();
  void aThousandRuns();
};

namespace {

/// P 12, 14 and 16; the second was unsafe, the third diverged.
std::vector<ProjectRun> threeRuns() {
  std::vector<ProjectRun> runs{
      runWith(1, 0.97, specificationWith({{"quant.accumulator_bits", "12"}})),
      runWith(2, 0.984, specificationWith({{"quant.accumulator_bits", "14"}})),
      runWith(10, 0.988, specificationWith({{"quant.method", "a2q+"}}))};
  runs[1].safe = false;
  runs[2].state = ProjectRunState::kDiverged;
  runs[2].safe.reset();
  return runs;
}

void waitForSettings(RunsView& view) { QTRY_VERIFY(view.model().reader().complete()); }

QStringList names(const RunsView& view) {
  QStringList out;
  for (int row = 0; row < view.shownCount(); ++row) out << view.text(row, RunColumn::kName);
  return out;
}

QStringList filtered(RunsView& view, const char* filter) {
  view.setFilter(QString::fromUtf8(filter));
  return names(view);
}

void sortBy(RunsView& view, RunColumn column, Qt::SortOrder order) {
  view.table().sortByColumn(static_cast<int>(column), order);
}

QStringList list(std::initializer_list<const char*> texts) {
  QStringList out;
  for (const char* text : texts) out << QString::fromUtf8(text);
  return out;
}

}  // namespace

void RunsTest::filterTakesTermsAndWords() {
  RunsView view;
  view.showRuns(threeRuns(), views::Trained::kByNobody);
  waitForSettings(view);
  QCOMPARE(filtered(view, "P<=14"), list({"run-1", "run-2"}));
  QCOMPARE(filtered(view, "P <= 14 safe=no"), list({"run-2"}));
  QCOMPARE(filtered(view, "method=a2q"), list({"run-1", "run-2"}));
  QCOMPARE(filtered(view, "method=a2q+"), list({"run-10"}));
  QCOMPARE(filtered(view, "score>0.98"), list({"run-2", "run-10"}));
  QCOMPARE(filtered(view, "score>98.5%"), list({"run-10"}));
  QCOMPARE(filtered(view, "state=diverged"), list({"run-10"}));
  QCOMPARE(filtered(view, "state!=diverged"), list({"run-1", "run-2"}));
  QCOMPARE(filtered(view, "safe=unknown"), list({"run-10"}));
  QCOMPARE(filtered(view, "name=run-1*"), list({"run-1", "run-10"}));
  QCOMPARE(filtered(view, "time>=1min"), list({"run-10"}));
  QCOMPARE(filtered(view, "created>=2026-11-23T11:00:02"), list({"run-2", "run-10"}));
  QCOMPARE(filtered(view, "finished RUN-2"), list({"run-2"}));
  QCOMPARE(filtered(view, "nothing"), QStringList());
  QCOMPARE(filtered(view, ""), list({"run-1", "run-2", "run-10"}));
}

void RunsTest::badFilterIsSaidAndTheLastOneStays() {
  RunsView view;
  view.showRuns(threeRuns(), views::Trained::kByNobody);
  waitForSettings(view);
  QCOMPARE(filtered(view, "P=12"), list({"run-1"}));
  QVERIFY(view.filterError().isEmpty());
  for (const auto& [filter, why] :
       std::vector<std::pair<const char*, const char*>>{{"P<", "missing"},
                                                        {"depth=3", "depth"},
                                                        {"P=wide", "no number"},
                                                        {"score>3bit", "unit"},
                                                        {"safe=maybe", "yes"},
                                                        {"safe>yes", "!="},
                                                        {"P=16 <14", "missing"}}) {
    QCOMPARE(filtered(view, filter), list({"run-1"}));
    QVERIFY2(view.filterError().contains(QString::fromUtf8(why)), qPrintable(view.filterError()));
  }
  QCOMPARE(filtered(view, "P=14"), list({"run-2"}));
  QVERIFY(view.filterError().isEmpty());
}

void RunsTest::sortsNumbersAsNumbers() {
  RunsView view;
  auto runs = threeRuns();
  runs[0].epochs.resize(1);
  while (runs[1].epochs.size() < 10) runs[1].epochs.push_back(runs[1].epochs.back());
  view.showRuns(runs, views::Trained::kByNobody);
  sortBy(view, RunColumn::kEpochs, Qt::AscendingOrder);
  QCOMPARE(names(view), list({"run-1", "run-10", "run-2"}));
  sortBy(view, RunColumn::kTime, Qt::DescendingOrder);
  QCOMPARE(names(view), list({"run-10", "run-2", "run-1"}));
  sortBy(view, RunColumn::kName, Qt::AscendingOrder);
  QCOMPARE(names(view), list({"run-1", "run-2", "run-10"}));
  sortBy(view, RunColumn::kLoss, Qt::AscendingOrder);
  QCOMPARE(names(view).front(), QStringLiteral("run-10"));
}

void RunsTest::absentValuesComeLast() {
  RunsView view;
  auto runs = threeRuns();
  runs[1].epochs.clear();
  view.showRuns(runs, views::Trained::kByNobody);
  for (const auto order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
    sortBy(view, RunColumn::kScore, order);
    QCOMPARE(names(view).back(), QStringLiteral("run-2"));
    QCOMPARE(view.text(2, RunColumn::kScore), QStringLiteral("–"));
  }
}

void RunsTest::differencesToTheBaseline() {
  RunsView view;
  view.showRuns(threeRuns(), views::Trained::kByNobody);
  view.model().toggleBaseline(1);
  QCOMPARE(view.text(1, RunColumn::kName), QStringLiteral("run-2 (baseline)"));
  QVERIFY(!view.text(1, RunColumn::kScore).contains(QLatin1Char('(')));
  QVERIFY(view.text(2, RunColumn::kScore).endsWith(QStringLiteral("(+0.4)")));
  QVERIFY(view.text(0, RunColumn::kScore).endsWith(QStringLiteral("(−1.4)")));
  QVERIFY(view.text(2, RunColumn::kMargin).endsWith(QStringLiteral("(+2.00)")));
  QVERIFY(view.text(2, RunColumn::kSparsity).endsWith(QStringLiteral("(+0.0)")));
  QVERIFY(view.text(2, RunColumn::kTime).endsWith(QStringLiteral("(+1:20 min)")));
  QVERIFY(!view.text(2, RunColumn::kLoss).contains(QLatin1Char('(')));
  view.model().toggleBaseline(1);
  QVERIFY(!view.text(2, RunColumn::kScore).contains(QLatin1Char('(')));
}

void RunsTest::differingSettingsAreThoseOfDiff() {
  const std::string a = specificationWith({});
  const std::string b = specificationWith({{"quant.accumulator_bits", "13"},
                                           {"training.epochs", "3"},
                                           {"quant.layers.conv2.weight_bits", "3"}});
  std::set<std::string> expected;
  for (const Difference& found : specificationDiff(a, b)) expected.insert(found.where);
  QCOMPARE(expected.size(), std::size_t{3});
  RunsView view;
  view.showRuns({runWith(1, 0.9, a), runWith(2, 0.9, b), runWith(3, 0.9, a)},
                views::Trained::kByNobody);
  view.setSettingColumns(views::SettingColumns::kDiffering);
  QTRY_COMPARE(view.model().settingKeys().size(), expected.size());
  const auto& keys = view.model().settingKeys();
  QCOMPARE(std::set<std::string>(keys.begin(), keys.end()), expected);
  const auto place = std::find(keys.begin(), keys.end(), "training.epochs") - keys.begin();
  const auto cell = view.model().index(1, views::kRunColumns + static_cast<int>(place));
  QCOMPARE(cell.data().toString(), QStringLiteral("3"));
  // Two runs compared: only what differs between them.
  view.model().setVisible({0, 2}, true);
  QVERIFY(view.model().settingKeys().empty());
  view.model().setVisible({1}, true);
  QCOMPARE(view.model().settingKeys().size(), expected.size());
  view.setSettingColumns(views::SettingColumns::kNone);
  QCOMPARE(view.model().columnCount(), views::kRunColumns);
}

void RunsTest::unreadableSpecificationsAreSaid() {
  RunsView view;
  view.showRuns({runWith(1, 0.9, "no = \"specification\"")}, views::Trained::kByNobody);
  waitForSettings(view);
  QCOMPARE(view.text(0, RunColumn::kMethod), QStringLiteral("?"));
  const auto cell = view.model().index(0, static_cast<int>(RunColumn::kMethod));
  QVERIFY(cell.data(Qt::ToolTipRole).toString().contains(QStringLiteral("cannot be read")));
}

void RunsTest::strokesAreStableAndApart() {
  views::RunColors colors;
  const auto name = [](int i) { return "run " + std::to_string(i); };
  for (int i = 0; i < 10; ++i) colors.show(name(i));
  QCOMPARE(colors.strokeOf(name(5))->dash(), 0);
  QCOMPARE(colors.strokeOf(name(6))->dash(), 1);
  QCOMPARE(colors.strokeOf(name(6))->color(views::Ground::kLight),
           colors.strokeOf(name(0))->color(views::Ground::kLight));
  colors.hide(name(3));
  QCOMPARE(colors.strokeOf(name(4))->slot, 4);
  colors.show(name(3));
  QCOMPARE(colors.strokeOf(name(3))->slot, 3);
  // A place that was given away meanwhile is not taken back.
  colors.hide(name(3));
  colors.hide(name(0));
  colors.show(name(20));
  QCOMPARE(colors.strokeOf(name(20))->slot, 0);
  colors.show(name(0));
  QCOMPARE(colors.strokeOf(name(20))->slot, 0);
  QCOMPARE(colors.strokeOf(name(0))->slot, 3);
  std::set<QRgb> distinct;
  for (int slot = 0; slot < views::RunStroke::kColors; ++slot) {
    distinct.insert(views::RunStroke{slot}.color(views::Ground::kLight).rgb());
    distinct.insert(views::RunStroke{slot}.color(views::Ground::kDark).rgb());
  }
  // Nor is any drawn like the run on screen.
  QPalette dark;
  dark.setColor(QPalette::Base, Qt::black);
  dark.setColor(QPalette::Text, Qt::white);
  for (const QPalette& palette : {QPalette(Qt::white), dark}) {
    const views::PlotTheme theme = views::plotTheme(palette);
    distinct.insert(theme.first.rgb());
    distinct.insert(theme.second.rgb());
    QCOMPARE(
        views::shownRunColor(views::isDark(palette) ? views::Ground::kDark : views::Ground::kLight),
        theme.first);
  }
  QCOMPARE(distinct.size(), std::size_t{2 * views::RunStroke::kColors + 4});
}

void RunsTest::visibilityIsTold() {
  RunsView view;
  view.showRuns(threeRuns(), views::Trained::kByNobody);
  std::vector<views::ComparedChoice> told;
  int times = 0;
  connect(&view, &RunsView::comparedChanged, &view, [&](const auto& runs) {
    told = runs;
    ++times;
  });
  view.model().setVisible({0, 2}, true);
  QCOMPARE(times, 1);
  QCOMPARE(told.size(), std::size_t{2});
  QCOMPARE(told[1].uuid, threeRuns()[2].uuid);
  QVERIFY(told[0].color != told[1].color);
  const QColor kept = told[1].color;
  view.model().setVisible({0}, false);
  QCOMPARE(told.size(), std::size_t{1});
  QCOMPARE(told[0].color, kept);
  view.model().toggleBaseline(1);
  QCOMPARE(told.size(), std::size_t{2});
  QVERIFY(told[0].baseline);
  view.model().setVisible({1}, false);
  QVERIFY(view.model().baseline().empty());
  // A run that is gone is compared no longer.
  auto fewer = threeRuns();
  fewer.pop_back();
  fewer.erase(fewer.begin());
  view.showRuns(fewer, views::Trained::kByNobody);
  QVERIFY(told.empty());
}

void RunsTest::keysWork() {
  RunsView view;
  view.showRuns(threeRuns(), views::Trained::kByNobody);
  const QSignalSpy activated(&view, &RunsView::runActivated);
  view.table().selectAll();
  QTest::keyClick(&view.table(), Qt::Key_Space);
  QCOMPARE(view.model().compared().size(), std::size_t{3});
  QTest::keyClick(&view.table(), Qt::Key_Space);
  QVERIFY(view.model().compared().empty());
  view.table().selectRow(2);
  QTest::keyClick(&view.table(), Qt::Key_B);
  QCOMPARE(view.model().baseline(), threeRuns()[2].uuid);
  QTest::keyClick(&view.table(), Qt::Key_Return);
  QCOMPARE(activated.count(), 1);
  QCOMPARE(activated[0][0].toString().toStdString(), threeRuns()[2].uuid);
}

void RunsTest::aTrainingRowKeepsTheChoice() {
  RunsView view;
  auto runs = threeRuns();
  runs[2].state = ProjectRunState::kTraining;
  view.showRuns(runs, views::Trained::kNow);
  sortBy(view, RunColumn::kScore, Qt::DescendingOrder);
  view.table().selectRow(1);
  const QString chosen = view.text(1, RunColumn::kName);
  const QSignalSpy reset(&view.model(), &QAbstractItemModel::modelReset);
  EpochRecord worse = runs[2].epochs.back();
  runs[2].epochs.assign(5, worse);
  view.updateRun(runs[2], views::Trained::kNow);
  QCOMPARE(view.text(0, RunColumn::kEpochs), QStringLiteral("5"));
  QCOMPARE(view.text(0, RunColumn::kState), QStringLiteral("training"));
  for (EpochRecord& epoch : runs[2].epochs) epoch.test_score = 0.1;
  runs.push_back(runWith(11, 0.5, runs[0].specification));
  view.showRuns(runs, views::Trained::kByNobody);
  QCOMPARE(names(view), list({"run-2", "run-1", "run-11", "run-10"}));
  QCOMPARE(view.text(3, RunColumn::kState), QStringLiteral("interrupted"));
  QCOMPARE(reset.count(), 0);
  QCOMPARE(view.table().chosenRows().size(), std::size_t{1});
  QCOMPARE(view.model().row(view.table().chosenRows().front()).name, chosen);
}

void RunsTest::shownRunIsMarked() {
  RunsView view;
  view.showRuns(threeRuns(), views::Trained::kByNobody);
  view.setShown(QString::fromStdString(threeRuns()[1].uuid));
  QCOMPARE(view.text(1, RunColumn::kName), QStringLiteral("▶ run-2"));
  QVERIFY(view.model().index(1, 2).data(Qt::FontRole).value<QFont>().bold());
  view.setShown({});
  QCOMPARE(view.text(1, RunColumn::kName), QStringLiteral("run-2"));
}

void RunsTest::csvIsWhatIsShown() {
  RunsView view;
  auto runs = threeRuns();
  runs[0].name = "first, \"good\"";
  view.showRuns(runs, views::Trained::kByNobody);
  waitForSettings(view);
  view.setFilter(QStringLiteral("P<=14"));
  sortBy(view, RunColumn::kTime, Qt::DescendingOrder);
  const QStringList lines = view.csvText().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
  QCOMPARE(lines.size(), 3);
  QVERIFY(lines[0].startsWith(QStringLiteral("Compare,Line,Run,State,Method,M,N,P,")));
  QVERIFY(lines[1].contains(QStringLiteral("run-2,finished,a2q,4,4,14,")));
  QVERIFY(lines[2].contains(QStringLiteral("\"first, \"\"good\"\"\"")));
}

void RunsTest::aThousandRuns() {
  std::vector<ProjectRun> runs;
  for (int i = 0; i < 1000; ++i) {
    const std::string bits = std::to_string(10 + i % 8);
    static std::map<std::string, std::string> texts;
    std::string& text = texts[bits];
    if (text.empty()) text = specificationWith({{"quant.accumulator_bits", bits}});
    runs.push_back(runWith(i + 1, 0.5 + 0.0001 * (i % 100), text, 30));
  }
  RunsView view;
  QElapsedTimer clock;
  clock.start();
  view.showRuns(runs, views::Trained::kByNobody);
  waitForSettings(view);
  sortBy(view, RunColumn::kScore, Qt::DescendingOrder);
  view.setFilter(QStringLiteral("P<=12"));
  view.setSettingColumns(views::SettingColumns::kDiffering);
  // A hundred times what it takes: only a quadratic slip would reach it.
  QVERIFY2(clock.elapsed() < 5000, qPrintable(QString::number(clock.elapsed())));
  QCOMPARE(view.shownCount(), 375);
  QCOMPARE(view.model().settingKeys(), std::vector<std::string>{"quant.accumulator_bits"});
}

QTEST_MAIN(RunsTest)
#include "runs_test.moc"
