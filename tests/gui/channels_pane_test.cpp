// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCheckBox>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QTest>
#include <cmath>
#include <limits>
#include <random>

#include "tests/gui/layer_samples.h"
#include "views/channels/channel_image.h"
#include "views/channels/channel_text.h"
#include "views/channels/channels_view.h"

using namespace a2q;
using namespace a2q::views;
using namespace a2q::views::testing;

/// The heat map of channels, fed with values made by hand.
class ChannelsPaneTest : public QObject {
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
};

void ChannelsPaneTest::channelSharesAreExact() {
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

void ChannelsPaneTest::channelMarginsAreThoseOfTheBounds() {
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

void ChannelsPaneTest::channelsWithoutABudgetAreRelative() {
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

void ChannelsPaneTest::channelsAreSortedByValue() {
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

void ChannelsPaneTest::theWorstOfAPixelIsSeen() {
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

void ChannelsPaneTest::overBudgetIsHatched() {
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

void ChannelsPaneTest::aClickSelectsACell() {
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

void ChannelsPaneTest::arrowKeysMoveTheCell() {
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

void ChannelsPaneTest::channelTextsCarryTheNumbers() {
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

void ChannelsPaneTest::colorsFollowTheirRange() {
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

void ChannelsPaneTest::manyChannelsAreDrawn() {
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

QTEST_MAIN(ChannelsPaneTest)
#include "channels_pane_test.moc"
