// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>
#include <algorithm>
#include <cmath>

#include "tests/gui/layer_samples.h"
#include "views/accumulator/accumulator_text.h"
#include "views/accumulator/accumulator_view.h"
#include "views/accumulator/witness_curve.h"
#include "views/common/number_text.h"

using namespace a2q;
using namespace a2q::views;
using namespace a2q::views::testing;

/// The pane of accumulators and its witness, against the bounds and the integer engine.
class AccumulatorPaneTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void accumulatorsHaveBothMargins();
  void accumulatorsAreNormalised();
  void whatIsObservedIsShown();
  void theWitnessAskedForIsTheWorst();
  void theWitnessIsShown();
  void longSumsAreThinned();
};

void AccumulatorPaneTest::accumulatorsHaveBothMargins() {
  const auto rows = accumulatorRows(*usualStory());
  QCOMPARE(rows.size(), std::size_t{3});
  const AccumulatorRow& row = rows[1];
  QCOMPARE(row.range, (AccumulatorRange{-30, 135}));
  QCOMPARE(row.smallest, BitWidth{9});
  QCOMPARE(row.worst, 3);
  QVERIFY(row.over);
  QCOMPARE(row.bound->bits, std::log2(7.9375 / 9));
  QCOMPARE(row.exact->bits, std::log2(127.0 / 135));
  QCOMPARE(row.exact->bits, marginOf(row.range, AccumulatorSpec{{8}}).bits);
  QCOMPARE(row.bound->bits, marginOf(9, *tight().budget).bits);
  QCOMPARE(accumulatorLabel(row), QStringLiteral("OVERFLOW POSSIBLE · bound %1 · exact %2")
                                      .arg(bitsText(-0.181), bitsText(-0.088)));
  QCOMPARE(smallestText(row), QStringLiteral("9 of 8"));
  QVERIFY(!rows[0].over);
  QVERIFY(!rows[0].exact.has_value());
  QCOMPARE(rows[0].range, (AccumulatorRange{-67, 68}));
  QCOMPARE(accumulatorLabel(rows[0]), QStringLiteral("free: needs 8 bits"));
  QCOMPARE(smallestText(rows[0]), QStringLiteral("8, free"));
  const QString tip = accumulatorTip(row, tight(), 0, 0);
  for (const char* part : {"Worst channel 3: hi = xmax·S⁺ − xmin·S⁻ = 15·9 − 0·0 = 135 [exact]",
                           "Channel 0: hi", "[bound]", "OVERFLOW POSSIBLE"}) {
    QVERIFY2(tip.contains(QString::fromUtf8(part)), qPrintable(tip));
  }
}

void AccumulatorPaneTest::accumulatorsAreNormalised() {
  const AccumulatorSpec eight{{8}};
  QCOMPARE(placed(127, eight, AccumulatorScale::kShare), 1.0);
  QCOMPARE(placed(-128, eight, AccumulatorScale::kShare), -1.0);
  QCOMPARE(placed(-64, eight, AccumulatorScale::kShare), -0.5);
  QCOMPARE(placed(0, eight, AccumulatorScale::kShare), 0.0);
  QCOMPARE(placed(127, eight, AccumulatorScale::kBits), 7.0);
  QCOMPARE(placed(-255, eight, AccumulatorScale::kBits), -8.0);
  Selection selection;
  AccumulatorView view(selection);
  view.showRun(usualStory());
  QVERIFY(plotOf(view).xAxis->range().contains(135.0 / 127));
  view.findChild<QComboBox*>(QStringLiteral("accumulator_scale"))->setCurrentIndex(1);
  QVERIFY(plotOf(view).xAxis->range().contains(std::log2(136.0)));
}

void AccumulatorPaneTest::whatIsObservedIsShown() {
  const auto story = usualStory();
  Selection selection;
  AccumulatorView view(selection);
  view.showRun(story);
  auto* observe = view.findChild<QPushButton*>(QStringLiteral("accumulator_observe"));
  QVERIFY(observe->isVisibleTo(&view));
  const QSignalSpy asked(&view, &AccumulatorView::observeWanted);
  QTest::mouseClick(observe, Qt::LeftButton);
  QCOMPARE(asked.count(), 1);
  QVERIFY(!view.shown()[1].observed.has_value());
  const auto measured = std::make_shared<RunStory>(*story);
  measured->observed = std::make_shared<const std::vector<ObservedLayer>>(
      std::vector<ObservedLayer>{{"conv2", {{-3, 20}, {-11, 5}, {0, 0}, {0, 90}}}});
  measured->observed_samples = 1234;
  view.showRun(measured);
  QCOMPARE(*view.shown()[1].observed, (AccumulatorRange{-11, 90}));
  QVERIFY(!view.shown()[0].observed.has_value());
  QVERIFY(!observe->isVisibleTo(&view));
  const QString words = view.findChild<QLabel*>(QStringLiteral("accumulator_words"))->text();
  QVERIFY2(words.contains(grouped(1234)), qPrintable(words));
  QVERIFY(words.contains(QStringLiteral("OVERFLOW POSSIBLE, layers: 1")));
  QVERIFY(view.csvText().contains(QStringLiteral("\"conv2\",8,-30,135,9,")));
  QVERIFY(view.csvText().contains(QStringLiteral(",yes,3,-11,90,1234\n")));
}

void AccumulatorPaneTest::theWitnessAskedForIsTheWorst() {
  Selection selection;
  AccumulatorView view(selection);
  view.showRun(usualStory());
  shownAt(view, {700, 400});
  const QSignalSpy asked(&view, &AccumulatorView::witnessWanted);
  const auto last = [&] {
    const auto& call = asked.last();
    return std::tuple(call[0].toString(), call[1].toInt(), call[2].value<WitnessSide>());
  };
  QTest::mouseClick(view.findChild<QPushButton*>(QStringLiteral("accumulator_witness")),
                    Qt::LeftButton);
  QCOMPARE(last(), std::tuple(QStringLiteral("conv2"), 3, WitnessSide::kHigh));
  QTest::mouseClick(&plotOf(view), Qt::LeftButton, {}, view.placeOf(0));
  QCOMPARE(selection.layer(), QStringLiteral("conv1"));
  QTest::keyClick(&plotOf(view), Qt::Key_Return);
  QCOMPARE(last(), std::tuple(QStringLiteral("conv1"), 0, WitnessSide::kHigh));
  // hi = 7·3 = 21 needs 6 bits, lo = −8·3 = −24 as well: the high end is taken.
  selection.selectChannel(QStringLiteral("conv1"), 1);
  QTest::keyClick(&plotOf(view), Qt::Key_Return);
  QCOMPARE(last(), std::tuple(QStringLiteral("conv1"), 1, WitnessSide::kHigh));
  QTest::keyClick(&plotOf(view), Qt::Key_Down);
  QCOMPARE(selection.layer(), QStringLiteral("conv2"));
}

void AccumulatorPaneTest::theWitnessIsShown() {
  const IntegerWeights weights = weightsOf({3, -2, 0, 5, 4});
  const auto answer = answerWitness(weights, {.side = {}, .accumulator = {}});
  QVERIFY(answer.has_value());
  Selection selection;
  AccumulatorView view(selection);
  view.showRun(usualStory());
  shownAt(view, {1000, 800});
  view.showWitness({*answer, {}});
  const Witness expected = witnessOf(weights.channel(0), {0, 15}, WitnessSide::kHigh);
  QCOMPARE(answer->witness.inputs, expected.inputs);
  const QString facts = view.findChild<QLabel*>(QStringLiteral("witness_facts"))->text();
  for (const char* part : {"hi = 180", "15·12 − 0·2 = 180", "OVERFLOWS P = 8", "channel: 9"}) {
    QVERIFY2(facts.contains(QString::fromUtf8(part)), qPrintable(facts));
  }
  const QString preview = view.findChild<QLabel*>(QStringLiteral("witness_preview"))->text();
  QCOMPARE(preview, QStringLiteral("x = 15, 0, 0, 15, 15"));
  // 9 bits hold 180; in 8 bits it wraps to −76 and saturates at 127.
  const auto* table = view.findChild<QTableWidget*>(QStringLiteral("witness_outcomes"));
  const auto cell = [&](int row, int field) { return table->item(row, field)->text(); };
  QCOMPARE(table->rowCount(), 4);
  QCOMPARE(cell(0, 0), QStringLiteral("9"));
  QCOMPARE(cell(0, 2), QStringLiteral("180"));
  QVERIFY(cell(0, 3).startsWith(QStringLiteral("no")));
  QCOMPARE(cell(2, 0), QStringLiteral("8"));
  QCOMPARE(cell(2, 1), QStringLiteral("wrap"));
  QCOMPARE(cell(2, 2), grouped(-76));
  QVERIFY(cell(2, 3).contains(QStringLiteral("OVERFLOW")));
  QCOMPARE(cell(3, 1), QStringLiteral("saturate"));
  QCOMPARE(cell(3, 2), QStringLiteral("127"));
  const auto* curve = view.findChild<WitnessCurve*>();
  QVERIFY(curve->isVisible());
  const auto points = plotOf(*curve).graph(0)->data();
  QCOMPARE(points->size(), 6);
  QCOMPARE(points->at(5)->value, 180.0);
  QVERIFY(curve->csvText().contains(QStringLiteral("\n4,4,15,60,180\n")));
  QSignalSpy asked(&view, &AccumulatorView::witnessWanted);
  QTest::mouseClick(view.findChild<QPushButton*>(QStringLiteral("witness_low")), Qt::LeftButton);
  QCOMPARE(asked.count(), 1);
  QCOMPARE(asked.first()[2].value<WitnessSide>(), WitnessSide::kLow);
  view.showWitness({{}, QStringLiteral("The integers are there when the run has ended.")});
  QVERIFY(!curve->isVisible());
  const auto other = std::make_shared<RunStory>(*usualStory());
  other->name = "run-2";
  view.showRun(other);
  QVERIFY(!view.findChild<QWidget*>(QStringLiteral("witness"))->isVisible());
}

void AccumulatorPaneTest::longSumsAreThinned() {
  std::vector<Int128> sums;
  sums.reserve(4608);
  for (int i = 0; i < 4608; ++i) sums.push_back(i == 3000 ? 9999 : i);
  const auto points = thinned(sums, 500);
  QVERIFY(points.size() < 600);
  QCOMPARE(points.front().step, 0.0);
  QCOMPARE(points.back().step, 4608.0);
  QCOMPARE(points.back().sum, 4607.0);
  const auto peak = std::max_element(points.begin(), points.end(),
                                     [](auto& a, auto& b) { return a.sum < b.sum; });
  QCOMPARE(peak->sum, 9999.0);
  QCOMPARE(peak->step, 3001.0);
  QCOMPARE(thinned({5, -3}, 500).size(), std::size_t{3});
}

QTEST_MAIN(AccumulatorPaneTest)
#include "accumulator_pane_test.moc"
