// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCheckBox>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTableWidget>
#include <QTest>
#include <cmath>
#include <limits>
#include <random>

#include "core/training/layer_levels.h"
#include "views/accumulator/accumulator_text.h"
#include "views/accumulator/accumulator_view.h"
#include "views/accumulator/witness_curve.h"
#include "views/accumulator/witness_text.h"
#include "views/channels/channel_image.h"
#include "views/channels/channel_text.h"
#include "views/channels/channels_view.h"
#include "views/common/number_text.h"
#include "views/common/qcustomplot.h"
#include "views/weights/weights_view.h"

using namespace a2q;
using namespace a2q::views;

/// The panes that show what happens inside a layer, fed with values made by hand.
class LayerPanesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void channelSharesAreExact();
  void channelMarginsAreThoseOfTheBounds();
  void channelsWithoutABudgetAreRelative();
  void channelsAreSortedByValue();
  void theWorstOfAPixelIsSeen();
  void overBudgetIsHatched();
  void aClickSelectsACell();
  void arrowKeysMoveTheCell();
  void channelTextsCarryTheNumbers();
  void colorsFollowTheirRange();
  void manyChannelsAreDrawn();
  void levelsAreCounted();
  void sharedLevelsKeepTheirIntegers();
  void theSliderChoosesAnEpoch();
  void theLayerOfWeightsIsTheSelection();
  void accumulatorsHaveBothMargins();
  void accumulatorsAreNormalised();
  void whatIsObservedIsShown();
  void theWitnessAskedForIsTheWorst();
  void theWitnessIsShown();
  void longSumsAreThinned();
  void emptyPanesSayHowToGetData();
};

namespace {

/// P 8 and inputs [0, 15]: the budget is 127/16 = 7.9375, so 7. Channel 0: ‖q‖₁ 6, [−30, 60];
/// channel 1: 8, [−15, 105], over the budget and inside P; channel 2: zeros; channel 3: 9, [0,
/// 135].
LayerSnapshot tight() {
  LayerSnapshot layer;
  layer.layer = "conv2";
  layer.accumulator = BitWidth{8};
  layer.inputs = {0, 15};
  layer.budget = l1Budget(L1Rule::kA2q, BitWidth{8}, IntegerFormat{BitWidth{4}});
  layer.k = 4;
  layer.channels = {{4, 2}, {7, 1}, {0, 0}, {9, 0}};
  layer.zeros = 5;
  layer.levels = {1, 0, 2, 5, 6, 0, 2};  // −3..3
  return layer;
}

/// Without P: two channels, signed inputs [−8, 7]: [−67, 68] and [−24, 21].
LayerSnapshot freeLayer(const char* name) {
  LayerSnapshot layer;
  layer.layer = name;
  layer.inputs = {-8, 7};
  layer.k = 9;
  layer.channels = {{4, 5}, {3, 0}};
  layer.zeros = 1;
  layer.levels = {0, 1, 3};  // −1..1
  return layer;
}

std::shared_ptr<RunStory> storyOf(Layers layers) {
  auto story = std::make_shared<RunStory>();
  story->name = "run-1";
  story->layers = std::make_shared<const Layers>(std::move(layers));
  return story;
}

std::shared_ptr<RunStory> usualStory() {
  return storyOf({freeLayer("conv1"), tight(), freeLayer("fc")});
}

template <class View>
QCustomPlot& plotOf(const View& view) {
  return *view.template findChild<QCustomPlot*>();
}

template <class View>
void shownAt(View& view, QSize size) {
  view.resize(size);
  view.show();
  QVERIFY(QTest::qWaitForWindowExposed(&view));
  plotOf(view).replot();
}

IntegerWeights weightsOf(std::vector<std::int32_t> values) {
  return {.layer = "conv2",
          .channels = 1,
          .k = static_cast<DotLength>(values.size()),
          .weight_bits = {4},
          .input_format = {{4}, Signedness::kUnsigned},
          .input_range = {0, 15},
          .accumulator = BitWidth{8},
          .rule = {},
          .values = std::move(values)};
}

}  // namespace

void LayerPanesTest::channelSharesAreExact() {
  const auto layers = usualStory()->layers;
  const ChannelGrid grid =
      channelGrid(layers, ChannelQuantity::kBudgetShare, ChannelOrder::kAsTrained);
  QCOMPARE(grid.rows.size(), std::size_t{3});
  QCOMPARE(grid.widest, std::size_t{4});
  const ChannelRow& row = grid.rows[1];
  QVERIFY(!row.relative);
  QCOMPARE(row.values, (std::vector<float>{600 / 7.9375F, 800 / 7.9375F, 0, 900 / 7.9375F}));
  QCOMPARE(row.over, (std::vector<std::uint8_t>{0, 1, 0, 1}));
  QCOMPARE(grid.over, std::size_t{2});
  QCOMPARE(grid.lowest, 0.0F);
  QCOMPARE(grid.highest, 900 / 7.9375F);
}

void LayerPanesTest::channelMarginsAreThoseOfTheBounds() {
  const Layers layers{tight()};
  const ChannelGrid grid = channelGrid(std::make_shared<const Layers>(layers),
                                       ChannelQuantity::kMarginBits, ChannelOrder::kAsTrained);
  const ChannelRow& row = grid.rows.front();
  QCOMPARE(row.values[0], static_cast<float>(std::log2(127.0 / 60)));
  QCOMPARE(row.values[3], static_cast<float>(std::log2(127.0 / 135)));
  QCOMPARE(row.values[2], std::numeric_limits<float>::infinity());
  for (std::size_t c = 0; c < 4; ++c) {
    const auto range = exactRange(layers[0].channels[c], layers[0].inputs);
    QCOMPARE(row.values[c], static_cast<float>(marginOf(range, AccumulatorSpec{{8}}).bits));
  }
  // The budget of channel 1 is exceeded, its accumulator is not: the exact range decides here.
  QCOMPARE(row.over, (std::vector<std::uint8_t>{0, 0, 0, 1}));
  QCOMPARE(grid.highest, row.values[0]);
}

void LayerPanesTest::channelsWithoutABudgetAreRelative() {
  const auto layers = std::make_shared<const Layers>(Layers{freeLayer("conv1")});
  const ChannelGrid shares =
      channelGrid(layers, ChannelQuantity::kBudgetShare, ChannelOrder::kAsTrained);
  QVERIFY(shares.rows.front().relative);
  QCOMPARE(shares.rows.front().values, (std::vector<float>{100, 100 / 3.0F}));
  const ChannelGrid margins =
      channelGrid(layers, ChannelQuantity::kMarginBits, ChannelOrder::kAsTrained);
  // [−67, 68] needs 8 bits: hi = 7·4 + 8·5 = 68, lo = −8·4 − 7·5 = −67.
  QCOMPARE(margins.rows.front().values[0], static_cast<float>(std::log2(127.0 / 68)));
  QCOMPARE(margins.over, std::size_t{0});
  Selection selection;
  ChannelsView view(selection);
  view.showRun(usualStory());
  bool said = false;
  for (const QLabel* label : view.findChildren<QLabel*>()) {
    said = said || label->text().contains(QStringLiteral("Without a budget: conv1, fc"));
  }
  QVERIFY(said);
}

void LayerPanesTest::channelsAreSortedByValue() {
  const auto layers = std::make_shared<const Layers>(Layers{tight()});
  const ChannelGrid shares =
      channelGrid(layers, ChannelQuantity::kBudgetShare, ChannelOrder::kWorstFirst);
  QCOMPARE(shares.rows.front().channels, (std::vector<std::uint32_t>{3, 1, 0, 2}));
  QCOMPARE(shares.cellOf(0, 0), 2);
  QCOMPARE(shares.cellOf(0, 4), -1);
  QCOMPARE(shares.cellOf(1, 0), -1);
  const ChannelGrid margins =
      channelGrid(layers, ChannelQuantity::kMarginBits, ChannelOrder::kWorstFirst);
  QCOMPARE(margins.rows.front().channels, (std::vector<std::uint32_t>{3, 1, 0, 2}));
}

void LayerPanesTest::theWorstOfAPixelIsSeen() {
  LayerSnapshot wide = tight();
  wide.channels.assign(4000, {1, 0});
  wide.channels[1234] = {7, 0};
  LayerSnapshot narrow = tight();
  narrow.channels.assign(1000, {1, 0});
  const auto layers = std::make_shared<const Layers>(Layers{wide, narrow});
  const ImageInk ink{.nothing = 0xFF010203, .gap = 0xFF040506};
  for (const auto quantity : {ChannelQuantity::kBudgetShare, ChannelQuantity::kMarginBits}) {
    const ChannelGrid grid = channelGrid(layers, quantity, ChannelOrder::kAsTrained);
    const ChannelColors colors(quantity, grid.lowest, grid.highest, ColorScaling::kLinear);
    const QRgb worst = colors.of(grid.rows[0].values[1234]);
    const QRgb usual = colors.of(grid.rows[0].values[0]);
    QVERIFY(worst != usual);
    const QImage image =
        channelImage(grid, {{-0.5, 3999.5}, {0.5, 2.5}}, colors, ink, QSize(400, 40));
    // Ten channels share a column: 1234 is in column 123.
    for (int x = 0; x < 400; ++x) QCOMPARE(image.pixel(x, 5), x == 123 ? worst : usual);
    QCOMPARE(image.pixel(99, 25), usual);
    QCOMPARE(image.pixel(101, 25), ink.nothing);
    QCOMPARE(image.pixel(200, 19), ink.gap);
  }
}

void LayerPanesTest::overBudgetIsHatched() {
  const auto layers = std::make_shared<const Layers>(Layers{tight()});
  const ChannelGrid grid =
      channelGrid(layers, ChannelQuantity::kBudgetShare, ChannelOrder::kAsTrained);
  const ChannelColors colors(grid.quantity, 0, 120, ColorScaling::kLinear);
  const ImageInk ink{.nothing = 0xFF010203, .gap = 0xFF040506};
  const QImage image = channelImage(grid, {{-0.5, 3.5}, {0.5, 1.5}}, colors, ink, QSize(80, 20));
  const auto striped = [&](int cell) {
    int count = 0;
    for (int x = 20 * cell; x < 20 * (cell + 1); ++x) {
      for (int y = 0; y < 20; ++y) {
        const QRgb found = image.pixel(x, y);
        count += found == ink.hatch_on_bright || found == ink.hatch_on_dark ? 1 : 0;
      }
    }
    return count;
  };
  QCOMPARE(striped(0), 0);
  QCOMPARE(striped(2), 0);
  QVERIFY(striped(1) > 80);
  QVERIFY(striped(3) > 80);
}

void LayerPanesTest::aClickSelectsACell() {
  Selection selection;
  ChannelsView view(selection);
  view.showRun(usualStory());
  shownAt(view, {700, 400});
  QTest::mouseClick(&plotOf(view), Qt::LeftButton, {}, view.placeOf(1, 3));
  QCOMPARE(selection.layer(), QStringLiteral("conv2"));
  QCOMPARE(selection.channel(), 3);
  // conv1 has two channels: there is no cell beside them.
  QTest::mouseClick(&plotOf(view), Qt::LeftButton, {}, view.placeOf(0, 3));
  QCOMPARE(selection.layer(), QStringLiteral("conv2"));
  const auto* chosen = view.findChild<QLabel*>(QStringLiteral("channels_chosen"));
  QVERIFY2(chosen->text().contains(QStringLiteral("OVER BUDGET")), qPrintable(chosen->text()));
}

void LayerPanesTest::arrowKeysMoveTheCell() {
  Selection selection;
  ChannelsView view(selection);
  view.showRun(usualStory());
  shownAt(view, {700, 400});
  const auto press = [&](Qt::Key key) {
    QTest::keyClick(&plotOf(view), key);
    return std::pair(selection.layer(), selection.channel());
  };
  const auto at = [](const char* layer, int channel) {
    return std::pair(QString::fromLatin1(layer), channel);
  };
  QCOMPARE(press(Qt::Key_Right), at("conv1", 0));
  QCOMPARE(press(Qt::Key_Right), at("conv1", 1));
  QCOMPARE(press(Qt::Key_Right), at("conv1", 1));
  QCOMPARE(press(Qt::Key_Down), at("conv2", 1));
  QCOMPARE(press(Qt::Key_End), at("conv2", 3));
  QCOMPARE(press(Qt::Key_Left), at("conv2", 2));
  QCOMPARE(press(Qt::Key_Up), at("conv1", 1));
  view.findChild<QCheckBox*>(QStringLiteral("channels_sorted"))->setChecked(true);
  selection.selectChannel(QStringLiteral("conv2"), 3);
  QCOMPARE(press(Qt::Key_Right), at("conv2", 1));
  QCOMPARE(press(Qt::Key_Home), at("conv2", 3));
}

void LayerPanesTest::channelTextsCarryTheNumbers() {
  const QString tip = channelTip(tight(), 0);
  for (const char* part : {"4 + 2 = 6 [exact]", "15·4 − 0·2 = 60 [exact]", "= −30 [exact]",
                           "6 / 7.9 = 75.6", "[bound]", "−128 … 127"}) {
    QVERIFY2(tip.contains(QString::fromUtf8(part)), qPrintable(tip));
  }
  QVERIFY(!tip.contains(QStringLiteral("OVER")));
  QVERIFY(channelTip(tight(), 1).contains(QStringLiteral("OVER BUDGET")));
  QVERIFY(channelTip(tight(), 3).contains(QStringLiteral("OVERFLOW POSSIBLE")));
  Selection selection;
  ChannelsView view(selection);
  view.showRun(storyOf({tight()}));
  const QStringList lines = view.csvText().split(QLatin1Char('\n'));
  QCOMPARE(lines.size(), 6);
  QCOMPARE(lines[3], QStringLiteral("\"conv2\",2,0,0,0,7,0,0,0,8,inf,1"));
  QVERIFY(lines[2].startsWith(QStringLiteral("\"conv2\",1,7,1,8,7,100.787")));
  QVERIFY(lines[4].startsWith(QStringLiteral("\"conv2\",3,9,0,9,7,113.385")));
}

void LayerPanesTest::colorsFollowTheirRange() {
  const ChannelColors linear(ChannelQuantity::kBudgetShare, 0, 100, ColorScaling::kLinear);
  QCOMPARE(linear.of(0), QRgb(0xFF440154));
  QCOMPARE(linear.of(100), QRgb(0xFFFDE725));
  QCOMPARE(linear.of(1000), linear.of(100));
  const ChannelColors margin(ChannelQuantity::kMarginBits, 0, 8, ColorScaling::kLinear);
  QCOMPARE(margin.of(0), linear.of(100));
  QCOMPARE(margin.of(std::numeric_limits<float>::infinity()), linear.of(0));
  const ChannelColors log(ChannelQuantity::kBudgetShare, 1, 100, ColorScaling::kLogarithmic);
  QCOMPARE(log.of(10), linear.of(50));
  QCOMPARE(log.of(0), linear.of(0));
  // Lightness rises all the way: an order that colour-blind eyes see.
  for (int i = 1; i <= 20; ++i) {
    const auto lightness = [&](int step) {
      const QRgb color = linear.of(static_cast<float>(5 * step));
      return 0.2126 * qRed(color) + 0.7152 * qGreen(color) + 0.0722 * qBlue(color);
    };
    QVERIFY(lightness(i) > lightness(i - 1));
  }
  Selection selection;
  ChannelsView view(selection);
  view.showRun(usualStory());
  const auto* scale = qobject_cast<QCPColorScale*>(plotOf(view).plotLayout()->element(0, 1));
  QCOMPARE(scale->dataRange(), QCPRange(0, static_cast<double>(900 / 7.9375F)));
  view.findChild<QComboBox*>(QStringLiteral("channels_range"))->setCurrentIndex(1);
  QCOMPARE(scale->dataRange(), QCPRange(0, 100));
  view.findChild<QCheckBox*>(QStringLiteral("channels_log"))->setChecked(true);
  QCOMPARE(scale->dataScaleType(), QCPAxis::stLogarithmic);
  view.findChild<QComboBox*>(QStringLiteral("channels_quantity"))->setCurrentIndex(1);
  QCOMPARE(scale->dataScaleType(), QCPAxis::stLinear);
  QCOMPARE(scale->dataRange(), QCPRange(0, 8));
}

void LayerPanesTest::manyChannelsAreDrawn() {
  std::mt19937 random(7);
  const auto network = [&](std::int64_t most) {
    Layers layers;
    for (int i = 0; i < 60; ++i) {
      LayerSnapshot layer = tight();
      layer.layer = "layers." + std::to_string(i) + ".conv";
      layer.channels.clear();
      for (int c = 0; c < (i % 3 == 0 ? 2048 : 512); ++c) {
        layer.channels.push_back({static_cast<std::int64_t>(random()) % most,
                                  static_cast<std::int64_t>(random()) % most});
      }
      layers.push_back(std::move(layer));
    }
    return storyOf(std::move(layers));
  };
  const auto first = network(4);
  const auto second = network(5);
  Selection selection;
  ChannelsView view(selection);
  shownAt(view, {1000, 700});
  view.showRun(first);
  QCOMPARE(view.shown().widest, std::size_t{2048});
  for (const int quantity : {0, 1}) {
    view.findChild<QComboBox*>(QStringLiteral("channels_quantity"))->setCurrentIndex(quantity);
    QElapsedTimer timer;
    timer.start();
    constexpr int kUpdates = 10;
    for (int i = 0; i < kUpdates; ++i) view.showRun(i % 2 == 0 ? second : first);
    qInfo("60 layers, 512 to 2048 channels, quantity %d: %.2f ms an update", quantity,
          static_cast<double>(timer.nsecsElapsed()) / 1e6 / kUpdates);
  }
  QCOMPARE(view.shown().layers, first->layers);
}

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
  const auto storyAfter = [](int epochs) {
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
  view.showRun(storyAfter(2));
  auto* slider = view.findChild<QSlider*>(QStringLiteral("weights_epoch"));
  auto* now = view.findChild<QPushButton*>(QStringLiteral("weights_now"));
  const auto* moment = view.findChild<QLabel*>(QStringLiteral("weights_moment"));
  QCOMPARE(slider->maximum(), 2);
  QCOMPARE(slider->value(), 2);
  QCOMPARE(view.shown()->zeros, 5);
  view.showRun(storyAfter(3));
  QCOMPARE(slider->value(), 3);
  QVERIFY(!now->isEnabled());
  slider->setValue(0);
  QCOMPARE(view.shown()->zeros, 15);
  QCOMPARE(moment->text(), QStringLiteral("epoch 1"));
  view.showRun(storyAfter(4));
  QCOMPARE(slider->value(), 0);
  QCOMPARE(view.shown()->zeros, 15);
  QTest::mouseClick(now, Qt::LeftButton);
  QCOMPARE(slider->value(), 4);
  QCOMPARE(view.shown()->zeros, 5);
  // While the newest snapshot has no levels, the newest epoch stands for it and says so.
  const auto live = storyAfter(2);
  LayerSnapshot without = tight();
  without.levels.clear();
  live->layers = std::make_shared<const Layers>(Layers{without});
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

void LayerPanesTest::accumulatorsHaveBothMargins() {
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

void LayerPanesTest::accumulatorsAreNormalised() {
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

void LayerPanesTest::whatIsObservedIsShown() {
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

void LayerPanesTest::theWitnessAskedForIsTheWorst() {
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

void LayerPanesTest::theWitnessIsShown() {
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

void LayerPanesTest::longSumsAreThinned() {
  std::vector<Int128> sums;
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
