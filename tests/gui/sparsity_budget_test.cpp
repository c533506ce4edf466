// SPDX-License-Identifier: GPL-3.0-or-later
#include <QListWidget>
#include <QTest>
#include <cmath>

#include "plot_driver.h"
#include "story_samples.h"
#include "views/l1_budget/l1_budget_view.h"
#include "views/sparsity/sparsity_view.h"

using namespace a2q;
using namespace a2q::plots;
using samples::storyOf;
using samples::StoryShape;

/// Sparsity and L1 budget of the layers, against numbers worked out by hand.
class SparsityBudgetTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void sparsityByHand();
  void sparsityAgainstPByHand();
  void legendHidesNoPoint();
  void deadChannelsSelect();
  void budgetSelects();
  void budgetShowsTrail();
  void budgetWithManyLayers();
};

void SparsityBudgetTest::sparsityByHand() {
  views::RunStory story = storyOf({});
  auto first = std::make_shared<EpochSnapshot>();
  first->layers = {samples::layerOf("a", {{5, 5}, {1, 0}}, 100)};
  auto second = std::make_shared<EpochSnapshot>();
  second->layers = {samples::layerOf("a", {{5, 5}, {0, 0}}, 300)};
  story.history = {first, second};
  story.layers = std::make_shared<const std::vector<LayerSnapshot>>(second->layers);
  story.epochs.resize(2);
  views::Selection selection;
  views::SparsityView view(selection);
  open(view);
  view.showRun(share(story));
  QCOMPARE(view.layers().size(), std::size_t{1});
  // 100 and 300 zeros of 2 channels of K = 200 weights; the newest snapshot stands later.
  const auto& layer = view.layers().front();
  QCOMPARE(layer.percent, (std::vector<double>{25, 75, 75}));
  QCOMPARE(layer.epochs[0], 1.0);
  QCOMPARE(layer.epochs[1], 2.0);
  QVERIFY(layer.epochs[2] > 2 && layer.epochs[2] <= 3);
  QVERIFY(view.csvText().contains(QStringLiteral("\"a\",1,25\n\"a\",2,75\n")));
  selection.selectLayer(QStringLiteral("a"));
  QVERIFY(plotOf(view).graph(0)->pen().widthF() > 2);
}

void SparsityBudgetTest::sparsityAgainstPByHand() {
  const auto run_with = [](const char* name, QuantMethod method, int bits, std::int64_t zeros) {
    views::RunStory story;
    story.name = name;
    story.experiment.quant.method = method;
    story.experiment.quant.accumulator_bits = BitWidth{bits};
    story.layers = std::make_shared<const std::vector<LayerSnapshot>>(
        std::vector<LayerSnapshot>{samples::layerOf("a", {{1, 0}}, zeros)});
    return share(std::move(story));
  };
  views::Selection selection;
  views::SparsityView view(selection);
  open(view);
  view.setMode(views::SparsityMode::kAccumulator);
  view.showRun(run_with("shown", QuantMethod::kA2q, 16, 50));
  view.showCompared({{run_with("narrow", QuantMethod::kA2qPlus, 12, 150), Qt::red, false},
                     {run_with("free", QuantMethod::kQat, 16, 10), Qt::green, false}});
  QCOMPARE(view.csvText(), QStringLiteral("run,accumulator_bits,zero_percent\n"
                                          "\"narrow\",12,75\n\"shown\",16,25\n"));
}

void SparsityBudgetTest::legendHidesNoPoint() {
  constexpr int kEpochs = 12;
  views::RunStory story = storyOf({});
  auto epoch = std::make_shared<EpochSnapshot>();
  for (const char* name : {"a", "b", "c", "d"}) {
    epoch->layers.push_back(samples::layerOf(name, {{5, 5}, {1, 0}}, 380));  // 95 %
  }
  story.history.assign(kEpochs, epoch);
  story.layers = std::make_shared<const std::vector<LayerSnapshot>>(epoch->layers);
  story.epochs.resize(kEpochs);
  views::Selection selection;
  views::SparsityView view(selection);
  open(view);
  view.showRun(share(story));
  QCustomPlot& plot = plotOf(view);
  plot.replot();
  QVERIFY(plot.legend->visible());
  for (int i = 0; i < plot.graphCount(); ++i) {
    for (const QCPGraphData& point : *plot.graph(i)->data()) {
      const QPointF place = plot.graph(i)->coordsToPixels(point.key, point.value);
      QVERIFY(!plot.legend->outerRect().contains(place.toPoint()));
    }
  }
}

void SparsityBudgetTest::deadChannelsSelect() {
  views::Selection selection;
  views::SparsityView view(selection);
  open(view);
  view.showRun(share(storyOf({})));
  QCOMPARE(view.dead(), (std::vector<views::DeadChannel>{{"conv2", 3}, {"conv2", 11}}));
  auto* list = view.findChild<QListWidget*>(QStringLiteral("dead_channels"));
  QCOMPARE(list->count(), 2);
  QTest::mouseClick(list->viewport(), Qt::LeftButton, Qt::NoModifier,
                    list->visualItemRect(list->item(1)).center());
  QCOMPARE(selection.layer(), QStringLiteral("conv2"));
  QCOMPARE(selection.channel(), 11);
  selection.selectChannel(QStringLiteral("conv2"), 3);
  QCOMPARE(list->currentRow(), 0);
}

void SparsityBudgetTest::budgetSelects() {
  views::Selection selection;
  views::L1BudgetView view(selection);
  open(view);
  view.showRun(share(storyOf({})));
  QCustomPlot& plot = plotOf(view);
  const auto pixel_of = [&](int row) {
    return QPoint(plot.axisRect()->center().x(),
                  static_cast<int>(plot.yAxis->coordToPixel(row + 1)));
  };
  QTest::mouseClick(&plot, Qt::LeftButton, Qt::NoModifier, pixel_of(2));
  QCOMPARE(selection.layer(), QStringLiteral("conv3"));
  QTest::keyClick(&plot, Qt::Key_Up);
  QCOMPARE(selection.layer(), QStringLiteral("conv2"));
  QTest::keyClick(&plot, Qt::Key_Down);
  QTest::keyClick(&plot, Qt::Key_Down);
  QCOMPARE(selection.layer(), QStringLiteral("conv3"));
  // Said by a sign at the name, not by colour alone.
  const auto ticker = plot.yAxis->ticker().staticCast<QCPAxisTickerText>();
  QCOMPARE(ticker->ticks().value(3), QStringLiteral("▸ conv3"));
  QCOMPARE(ticker->ticks().value(1), QStringLiteral("conv1"));
  QVERIFY(view.follows());
}

void SparsityBudgetTest::budgetShowsTrail() {
  views::RunStory story = storyOf({});
  auto before = std::make_shared<EpochSnapshot>();
  before->layers = {samples::layerOf("a", {{900, 100}, {10, 0}}, 0)};
  story.history = {before};
  auto now = samples::layerOf("a", {{1000, 500}, {10, 0}}, 0);
  auto free = samples::layerOf("fc", {{100, 20}}, 0);
  free.budget.reset();
  free.accumulator.reset();
  story.layers =
      std::make_shared<const std::vector<LayerSnapshot>>(std::vector<LayerSnapshot>{now, free});
  views::Selection selection;
  views::L1BudgetView view(selection);
  open(view);
  view.showRun(share(story));
  const views::BudgetRow& row = view.shown().rows.at(0);
  QCOMPARE(row.largest, 1500);
  QCOMPARE(row.before, std::optional<std::int64_t>(1000));
  QCOMPARE(row.before_share, 1000 / (32767.0 / 16));
  QVERIFY(view.csvText().contains(QStringLiteral("\"a\",1500,2047,")));
  QVERIFY(view.csvText().contains(QStringLiteral(",1000\n")));
  // 15 · 100 = 1 500 ≤ 2^11 − 1 and −15 · 20 = −300: 12 bits.
  QCOMPARE(view.shown().free_texts, QStringList(QStringLiteral("fc (needs P 12)")));
  auto* trail = seriesNamed(plotOf(view), QStringLiteral("largest, an epoch before"));
  QCOMPARE(trail->interface1D()->dataCount(), 1);
}

void SparsityBudgetTest::budgetWithManyLayers() {
  StoryShape shape;
  shape.layers = 60;
  views::Selection selection;
  views::L1BudgetView view(selection);
  open(view, {700, 420});
  view.showRun(share(storyOf(shape)));
  QCustomPlot& plot = plotOf(view);
  const double shown = plot.yAxis->range().size();
  QVERIFY2(shown >= 5 && shown < 20, qPrintable(QString::number(shown)));
  // A layer that is chosen elsewhere comes into view.
  selection.selectLayer(QStringLiteral("conv50"));
  QVERIFY(plot.yAxis->range().contains(50));
  QVERIFY(std::abs(plot.yAxis->range().size() - shown) < 1e-9);
  QTest::keyClick(&plot, Qt::Key_A);
  QVERIFY(plot.yAxis->range().contains(1) && plot.yAxis->range().contains(60));
  const auto ticks = plot.yAxis->ticker().staticCast<QCPAxisTickerText>()->ticks();
  QVERIFY(ticks.size() < 35);
  QVERIFY(ticks.contains(50));
}

QTEST_MAIN(SparsityBudgetTest)
#include "sparsity_budget_test.moc"
