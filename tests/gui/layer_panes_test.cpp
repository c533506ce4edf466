// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QTest>

#include "core/training/layer_levels.h"
#include "tests/gui/layer_samples.h"
#include "views/accumulator/accumulator_text.h"
#include "views/accumulator/accumulator_view.h"
#include "views/channels/channels_view.h"
#include "views/weights/weights_view.h"

using namespace a2q;
using namespace a2q::views;
using namespace a2q::views::testing;

/// The histogram of weights, and what the panes of a layer say without data.
class LayerPanesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void levelsAreCounted();
  void sharedLevelsKeepTheirIntegers();
  void theSliderChoosesAnEpoch();
  void theLayerOfWeightsIsTheSelection();
  void emptyPanesSayHowToGetData();
};

void LayerPanesTest::levelsAreCounted() {
  Selection selection;
  WeightsView view(selection);
  view.showRun(storyOf({tight()}));
  const auto& shown = view.shown();
  QVERIFY(shown.has_value());
  QCOMPARE(shown->limit, 3);
  QCOMPARE(shown->total, 16);
  QCOMPARE(shown->zeros, 5);
  QCOMPARE(shown->shareOf(shown->at_low), 1.0 / 16);
  QCOMPARE(shown->shareOf(shown->at_high), 2.0 / 16);
  QCOMPARE(*shown->mean_magnitude, 23.0 / 16);
  QCOMPARE(shown->bins.size(), std::size_t{7});
  QCOMPARE(shown->bins[0].from, -3);
  QCOMPARE(shown->bins[6].to, 3);
  // The zeros are drawn apart from the other weights of their bin: here there are none.
  QCOMPARE(shown->bins[3].count, 0);
  const QString facts = view.findChild<QLabel*>(QStringLiteral("weights_facts"))->text();
  QVERIFY2(facts.contains(QStringLiteral("16 weights, zeros 5 (31.3")), qPrintable(facts));
  QVERIFY2(facts.contains(QStringLiteral("mean |q| 1.44")), qPrintable(facts));
  QVERIFY(view.csvText().contains(QStringLiteral("\"conv2\",\"now\",0,0,5\n")));
  QVERIFY(view.csvText().contains(QStringLiteral("\"conv2\",\"now\",3,3,2\n")));
}

void LayerPanesTest::sharedLevelsKeepTheirIntegers() {
  // M = 10: L = 511, four integers a bin; −511..−508, …, −3..0 has the zeros, …, 509..511.
  IntegerWeights weights = weightsOf({-511, -508, -507, -3, 0, 0, 509, 511});
  weights.weight_bits = BitWidth{10};
  LayerSnapshot layer = tight();
  layer.levels = levelsOf(weights);
  layer.zeros = 2;
  const auto shown = weightHistogram(layer, BitWidth{10});
  QVERIFY(shown.has_value());
  QCOMPARE(shown->bins.size(), std::size_t{256});
  QCOMPARE(shown->limit, 511);
  QCOMPARE(shown->share, 4);
  QCOMPARE(shown->bins[0].to, -508);
  QCOMPARE(shown->bins[0].count, 2);
  QCOMPARE(shown->bins[127].from, -3);
  QCOMPARE(shown->bins[127].to, 0);
  QCOMPARE(shown->bins[127].count, 1);
  QCOMPARE(shown->bins[255].from, 509);
  QCOMPARE(shown->bins[255].to, 511);
  QCOMPARE(shown->at_high, 2);
}

void LayerPanesTest::theSliderChoosesAnEpoch() {
  const auto story_after = [](int epochs) {
    const auto story = storyOf({tight()});
    for (int i = 1; i <= epochs; ++i) {
      EpochSnapshot epoch{.phase = TrainPhase::kMain, .epoch = i, .layers = {tight()}};
      epoch.layers[0].levels = {0, 0, 0, 16 - i, i, 0, 0};
      epoch.layers[0].zeros = 16 - i;
      story->history.push_back(std::make_shared<const EpochSnapshot>(std::move(epoch)));
    }
    return story;
  };
  Selection selection;
  WeightsView view(selection);
  view.showRun(story_after(2));
  auto* slider = view.findChild<QSlider*>(QStringLiteral("weights_epoch"));
  auto* now = view.findChild<QPushButton*>(QStringLiteral("weights_now"));
  const auto* moment = view.findChild<QLabel*>(QStringLiteral("weights_moment"));
  QCOMPARE(slider->maximum(), 2);
  QCOMPARE(slider->value(), 2);
  QCOMPARE(view.shown()->zeros, 5);
  view.showRun(story_after(3));
  QCOMPARE(slider->value(), 3);
  QVERIFY(!now->isEnabled());
  slider->setValue(0);
  QCOMPARE(view.shown()->zeros, 15);
  QCOMPARE(moment->text(), QStringLiteral("epoch 1"));
  view.showRun(story_after(4));
  QCOMPARE(slider->value(), 0);
  QCOMPARE(view.shown()->zeros, 15);
  QTest::mouseClick(now, Qt::LeftButton);
  QCOMPARE(slider->value(), 4);
  QCOMPARE(view.shown()->zeros, 5);
  // While the newest snapshot has no levels, the newest epoch stands for it and says so.
  const auto live = story_after(2);
  LayerSnapshot without = tight();
  without.levels.clear();
  live->layers = std::make_shared<const std::vector<LayerSnapshot>>(std::vector{without});
  view.showRun(live);
  QCOMPARE(view.shown()->zeros, 14);
  QCOMPARE(moment->text(), QStringLiteral("now (counted after epoch 2)"));
}

void LayerPanesTest::theLayerOfWeightsIsTheSelection() {
  Selection selection;
  WeightsView view(selection);
  view.showRun(usualStory());
  auto* layers = view.findChild<QComboBox*>(QStringLiteral("weights_layer"));
  QCOMPARE(view.layer(), QStringLiteral("conv2"));
  selection.selectLayer(QStringLiteral("fc"));
  QCOMPARE(view.layer(), QStringLiteral("fc"));
  QCOMPARE(layers->currentText(), QStringLiteral("fc"));
  QCOMPARE(view.shown()->total, 4);
  layers->setFocus();
  QTest::keyClick(layers, Qt::Key_Home);
  QCOMPARE(selection.layer(), QStringLiteral("conv1"));
  QCOMPARE(view.layer(), QStringLiteral("conv1"));
}

void LayerPanesTest::emptyPanesSayHowToGetData() {
  Selection selection;
  ChannelsView channels(selection);
  WeightsView weights(selection);
  AccumulatorView accumulator(selection);
  LayerSnapshot fresh = tight();
  fresh.channels.clear();
  fresh.levels.clear();
  const auto note = [](const QWidget& view) {
    QString text;
    const auto& plot = *view.findChild<QCustomPlot*>();
    for (int i = 0; i < plot.itemCount(); ++i) {
      const auto* item = qobject_cast<QCPItemText*>(plot.item(i));
      if (item != nullptr && item->visible()) text += item->text();
    }
    return text.simplified();
  };
  for (RunPane* pane : std::initializer_list<RunPane*>{&channels, &weights, &accumulator}) {
    pane->showRun(storyOf({fresh}));
  }
  QVERIFY(note(channels).contains(QStringLiteral("before the first batch")));
  QVERIFY(note(weights).contains(QStringLiteral("end of every epoch")));
  QCOMPARE(smallestText(accumulator.shown().front()), QStringLiteral("– of 8"));
  QVERIFY(!accumulator.findChild<QPushButton*>(QStringLiteral("accumulator_witness"))->isEnabled());
  for (RunPane* pane : std::initializer_list<RunPane*>{&channels, &weights, &accumulator}) {
    pane->showRun(storyOf({}));
  }
  for (const QWidget* view : std::initializer_list<QWidget*>{&channels, &weights, &accumulator}) {
    QVERIFY2(note(*view).contains(QStringLiteral("float network")), qPrintable(note(*view)));
  }
  QCOMPARE(weights.csvText().count(QLatin1Char('\n')), 1);
}

QTEST_MAIN(LayerPanesTest)
#include "layer_panes_test.moc"
