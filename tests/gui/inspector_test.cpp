// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>
#include <cmath>

#include "core/bounds/accumulator_bounds.h"
#include "core/integer/what_if.h"
#include "core/network/experiment.h"
#include "tests/gui/inspector_story.h"
#include "views/common/number_text.h"
#include "views/common/selection.h"
#include "views/inspector/fact_list.h"
#include "views/inspector/inspector_view.h"
#include "views/inspector/knob_state.h"
#include "views/inspector/preview_table.h"

using namespace a2q;

/// The inspector on its own, fed with a story made by hand.
class InspectorTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void tellsOfTheNetwork();
  void tellsOfALayer();
  void tellsOfAChannel();
  void tellsOfLayersWithoutWeights();
  void breadcrumbsSelect();
  void emptyStateSaysWhatToDo();
  void bitsGoWhereTheyStand();
  void blockedKnobsSayWhy();
  void sliderSpansWhatIsUseful();
  void movingAsksWhatIf();
  void freeAccumulatorCanGetATarget();
  void previewShowsBeforeAndAfter();
  void lateAnswersAreIgnored();
  void invalidBitsShowTheError();
  void applyResetAndCopy();
  void witnessIsOfTheWorstChannel();
  void nothingJumps();
};

namespace {

using views::InspectorView;
using views::Knob;
using views::Selection;

/// An inspector with the story in it.
struct Shown {
  Selection selection;
  InspectorView view{selection};
  views::StoryPointer story = gui_test::madeStory();

  explicit Shown(const QString& layer = {}, int channel = -1) {
    view.resize(320, 760);
    view.showRun(story);
    view.showExperiment(story->experiment);
    selection.selectChannel(layer, channel);
    view.show();
  }
  template <class Widget>
  Widget* find(const char* name) {
    auto* widget = view.findChild<Widget*>(QString::fromUtf8(name));
    Q_ASSERT(widget != nullptr);
    return widget;
  }
  QString value(const char* name) { return view.facts().value(QString::fromUtf8(name)); }
  QString tip(const char* name) { return view.facts().tip(QString::fromUtf8(name)); }
  QString hint() { return find<QLabel>("what_if_hint")->text(); }
  views::PreviewTable* table() { return view.findChild<views::PreviewTable*>(); }
  const LayerSnapshot& fc1() { return *views::findLayer(*story, "fc1"); }
};

QuantSpec specOf(const QSignalSpy& spy) { return spy.last().front().value<QuantSpec>(); }

/// What the preview would be: the same network under other bits.
WhatIf previewOf(const Shown& shown, const QuantSpec& wanted) {
  Experiment after = shown.story->experiment;
  after.quant = wanted;
  return previewNorms(shown.story->experiment, *shown.story->layers, after).value();
}

}  // namespace

void InspectorTest::tellsOfTheNetwork() {
  Shown shown;
  QCOMPARE(shown.value("Network"), QStringLiteral("lenet_digits"));
  QCOMPARE(shown.value("Method"), QStringLiteral("A2Q"));
  QCOMPARE(shown.value("M · N · P"), QStringLiteral("4 · 4 · 16"));
  QVERIFY(shown.value("Quantized").contains(QStringLiteral("4 layers")));
  QVERIFY(shown.value("Fullest budget").contains(QStringLiteral("fc1")));
  QVERIFY(shown.value("Overflow").contains(QStringLiteral("none in 2 layers")));
}

void InspectorTest::tellsOfALayer() {
  Shown shown(QStringLiteral("fc1"));
  const std::int64_t k = shown.fc1().k;
  QCOMPARE(shown.value("Kind"), QStringLiteral("linear, 112 features"));
  QCOMPARE(shown.value("K · channels"), QStringLiteral("%1 · 112").arg(views::grouped(k)));
  QCOMPARE(shown.value("M · N · P"), QStringLiteral("4 · 4 · 16"));
  QCOMPARE(shown.value("Input codes"), QStringLiteral("4 bit unsigned, 0 … 15"));
  QCOMPARE(shown.value("‖q‖₁ / budget"),
           QStringLiteral("%1 / %2").arg(views::grouped(1790), views::grouped(2047)));
  // hi = 15·1000, lo = −15·790 in 16 bits; the L1 bound sees 1790 of 32767/16.
  QCOMPARE(shown.value("Exact margin"), views::bitsText(std::log2(32767.0 / 15000)));
  QCOMPARE(shown.value("L1 margin"), views::bitsText(std::log2(32767.0 / 16 / 1790)));
  QCOMPARE(shown.value("Smallest P"), QStringLiteral("15"));
  const double weights = static_cast<double>(k) * 112;
  QCOMPARE(shown.value("Sparsity"), views::percentText(30'000 / weights));
  QVERIFY(shown.view.facts().bar().text().contains(views::percentText(1790 / (32767.0 / 16))));
  QVERIFY(shown.tip("‖q‖₁ / budget").contains(QStringLiteral("(2^15 − 1)·2^(0−4)")));
  QVERIFY(shown.tip("‖q‖₁ / budget").contains(QStringLiteral("[exact]")));
  QVERIFY(shown.tip("L1 margin").contains(QStringLiteral("[bound]")));
}

void InspectorTest::tellsOfAChannel() {
  Shown shown(QStringLiteral("fc1"), 3);
  QCOMPARE(shown.value("S⁺"), views::grouped(1000));
  QCOMPARE(shown.value("S⁻"), views::grouped(790));
  QCOMPARE(shown.value("Reachable"),
           QStringLiteral("%1 … %2").arg(views::grouped(-11'850), views::grouped(15'000)));
  QCOMPARE(shown.value("Observed"), QStringLiteral("not measured"));
  shown.selection.selectChannel(QStringLiteral("fc1"), 0);
  QCOMPARE(shown.value("S⁺"), views::grouped(300));
  auto measured = std::make_shared<views::RunStory>(*shown.story);
  measured->observed = std::make_shared<const std::vector<views::ObservedLayer>>(
      std::vector<views::ObservedLayer>{{"fc1", {{-70, 1234}}}});
  measured->observed_samples = 80;
  shown.view.showRun(measured);
  QCOMPARE(shown.value("Observed"),
           QStringLiteral("%1 … %2").arg(views::grouped(-70), views::grouped(1234)));
  QVERIFY(shown.tip("Observed").contains(QStringLiteral("80 test samples [measured]")));
}

void InspectorTest::tellsOfLayersWithoutWeights() {
  Shown shown(QStringLiteral("act2"));
  QCOMPARE(shown.value("Kind"), QStringLiteral("activation, unsigned"));
  QVERIFY(shown.find<QSpinBox>("N_number")->isEnabled());
  QVERIFY(!shown.find<QSpinBox>("P_number")->isEnabled());
  shown.selection.selectLayer(QStringLiteral("no such layer"));
  QCOMPARE(shown.value("Kind"), QStringLiteral("–"));
}

void InspectorTest::breadcrumbsSelect() {
  Shown shown(QStringLiteral("fc1"), 3);
  shown.find<QToolButton>("crumb_layer")->click();
  QCOMPARE(shown.selection.layer(), QStringLiteral("fc1"));
  QCOMPARE(shown.selection.channel(), -1);
  shown.find<QSpinBox>("crumb_channel")->setValue(7);
  QCOMPARE(shown.selection.channel(), 7);
  shown.find<QToolButton>("crumb_network")->click();
  QVERIFY(shown.selection.layer().isEmpty());
  QVERIFY(!shown.find<QToolButton>("crumb_layer")->isVisible());
}

void InspectorTest::emptyStateSaysWhatToDo() {
  Selection selection;
  InspectorView view(selection);
  QVERIFY(
      view.facts().value(QStringLiteral("Nothing here yet")).contains(QStringLiteral("sample")));
  QVERIFY(!view.findChild<QPushButton*>(QStringLiteral("what_if_apply"))->isEnabled());
}

/// The same as the command line sets under that key.
void InspectorTest::bitsGoWhereTheyStand() {
  struct Row {
    const char* layer;
    Knob knob;
    const char* key;
  };
  const Row rows[] = {
      {"", Knob::kAccumulator, "quant.accumulator_bits"},
      {"", Knob::kWeights, "quant.weight_bits"},
      {"", Knob::kActivations, "quant.activation_bits"},
      {"fc1", Knob::kAccumulator, "quant.layers.fc1.accumulator_bits"},
      {"conv2", Knob::kWeights, "quant.layers.conv2.weight_bits"},
      {"conv2", Knob::kActivations, "quant.layers.act1.activation_bits"},
      {"act2", Knob::kActivations, "quant.layers.act2.activation_bits"},
      {"conv1", Knob::kAccumulator, "quant.first.accumulator_bits"},
      {"conv1", Knob::kWeights, "quant.first.weight_bits"},
      {"fc2", Knob::kAccumulator, "quant.last.accumulator_bits"},
      {"fc2", Knob::kActivations, "quant.last.activation_bits"},
  };
  const Experiment experiment = gui_test::madeStory()->experiment;
  for (const Row& row : rows) {
    const QuantSpec wanted = views::withBits(experiment, row.layer, row.knob, 13);
    QVERIFY2(wanted == withSetting(experiment, row.key, "13").value().quant, row.key);
    QCOMPARE(views::settingsText(experiment.quant, wanted),
             QStringLiteral("--set %1=13").arg(QString::fromUtf8(row.key)));
    const auto states = views::knobStates({experiment.network, wanted, {}, {}}, row.layer);
    QCOMPARE(states[static_cast<std::size_t>(row.knob)].bits, std::optional(13));
  }
}

void InspectorTest::blockedKnobsSayWhy() {
  Shown shown(QStringLiteral("conv1"));
  QVERIFY(!shown.find<QSpinBox>("N_number")->isEnabled());
  QVERIFY(shown.find<QSpinBox>("N_number")->toolTip().contains(QStringLiteral("input")));
  Experiment floats = shown.story->experiment;
  floats.quant.method = QuantMethod::kFloat;
  for (const views::KnobState& state : views::knobStates(floats, "")) {
    QVERIFY(state.blocked.contains(QStringLiteral("float")));
  }
}

void InspectorTest::sliderSpansWhatIsUseful() {
  Shown shown(QStringLiteral("fc1"));
  const auto* slider = shown.find<QSlider>("P_slider");
  const IntegerFormat codes{BitWidth{4}};
  QCOMPARE(slider->minimum(), leastUsefulAccumulator(L1Rule::kA2q, codes).bits);
  QCOMPARE(slider->maximum(), dataTypeBound(shown.fc1().k, BitWidth{4}, codes).bits);
  QCOMPARE(slider->value(), 16);
  const auto* number = shown.find<QSpinBox>("P_number");
  QCOMPARE(number->minimum(), 4);
  QCOMPARE(number->maximum(), 64);
}

void InspectorTest::movingAsksWhatIf() {
  Shown shown(QStringLiteral("fc1"));
  QSignalSpy spy(&shown.view, &InspectorView::whatIfChanged);
  shown.find<QSlider>("P_slider")->setValue(12);
  QCOMPARE(spy.size(), 1);
  QCOMPARE(specOf(spy).layers.at("fc1").accumulator_bits, std::optional(BitWidth{12}));
  QCOMPARE(shown.find<QSpinBox>("P_number")->value(), 12);
  // What was wanted before stays wanted.
  shown.selection.selectLayer({});
  shown.find<QSpinBox>("M_number")->setValue(3);
  QCOMPARE(spy.size(), 2);
  QCOMPARE(specOf(spy).weight_bits, BitWidth{3});
  QCOMPARE(specOf(spy).layers.at("fc1").accumulator_bits, std::optional(BitWidth{12}));
}

void InspectorTest::freeAccumulatorCanGetATarget() {
  Shown shown(QStringLiteral("conv1"));
  QSignalSpy spy(&shown.view, &InspectorView::whatIfChanged);
  auto* number = shown.find<QSpinBox>("P_number");
  QCOMPARE(number->text(), QStringLiteral("free"));
  number->setValue(18);
  QCOMPARE(specOf(spy).first.accumulator_bits, std::optional(BitWidth{18}));
  number->setValue(number->minimum());
  QVERIFY(!specOf(spy).first.accumulator_bits);
  QVERIFY(specOf(spy) == shown.story->experiment.quant);
}

void InspectorTest::previewShowsBeforeAndAfter() {
  Shown shown(QStringLiteral("fc1"));
  QSignalSpy spy(&shown.view, &InspectorView::whatIfChanged);
  shown.find<QSlider>("P_slider")->setValue(12);
  shown.view.showPreview(previewOf(shown, specOf(spy)));
  QCOMPARE(shown.table()->rowCount(), 1);
  QVERIFY(shown.table()->isVisible());
  QCOMPARE(shown.table()->cell(0, 0), QStringLiteral("fc1\nP 16→12"));
  QCOMPARE(shown.table()->cell(0, 1),
           QStringLiteral("%1/%2\n%1/127").arg(views::grouped(1790), views::grouped(2047)));
  QVERIFY(shown.table()->cell(0, 2).contains(QStringLiteral("⚠")));
  QCOMPARE(shown.table()->cell(0, 3), QStringLiteral("15\n15"));
  shown.view.showScore({Metric::kAccuracy, 0.98, 0.915, 500});
  const QString score = shown.find<QLabel>("what_if_score")->text();
  QVERIFY(score.contains(QStringLiteral("98.00 % → <b>91.50 %</b>")));
  QVERIFY(score.contains(QStringLiteral("on 500 cached test samples, without training")));
  QVERIFY(score.contains(QStringLiteral("[measured]")));
  shown.find<QSlider>("P_slider")->setValue(16);
  shown.view.showPreview(previewOf(shown, specOf(spy)));
  QCOMPARE(shown.hint(), QStringLiteral("Nothing would change."));
}

void InspectorTest::lateAnswersAreIgnored() {
  Shown shown(QStringLiteral("fc1"));
  QSignalSpy spy(&shown.view, &InspectorView::whatIfChanged);
  shown.find<QSlider>("P_slider")->setValue(12);
  const WhatIf answer = previewOf(shown, specOf(spy));
  shown.find<QPushButton>("what_if_reset")->click();
  shown.view.showPreview(answer);
  shown.view.showScore({Metric::kAccuracy, 0.98, 0.915, 500});
  QVERIFY(!shown.table()->isVisible());
  QVERIFY(shown.find<QLabel>("what_if_score")->text().isEmpty());
}

void InspectorTest::invalidBitsShowTheError() {
  Shown shown(QStringLiteral("fc1"));
  QSignalSpy spy(&shown.view, &InspectorView::whatIfChanged);
  shown.find<QSpinBox>("P_number")->setValue(4);
  QCOMPARE(spy.size(), 0);
  QVERIFY(shown.hint().contains(QStringLiteral("allows no weights")));
  QVERIFY(shown.hint().contains(QStringLiteral("Raise accumulator_bits to 6")));
  QVERIFY(!shown.find<QPushButton>("what_if_apply")->isEnabled());
  QVERIFY(shown.find<QPushButton>("what_if_apply")->toolTip().contains(QStringLiteral("error")));
  shown.find<QSpinBox>("P_number")->setValue(14);
  QCOMPARE(spy.size(), 1);
  QVERIFY(shown.find<QPushButton>("what_if_apply")->isEnabled());
}

void InspectorTest::applyResetAndCopy() {
  Shown shown;
  auto* apply = shown.find<QPushButton>("what_if_apply");
  QVERIFY(!apply->isEnabled());
  QVERIFY(apply->toolTip().contains(QStringLiteral("Nothing differs")));
  shown.find<QSlider>("P_slider")->setValue(13);
  QSignalSpy applied(&shown.view, &InspectorView::applyWanted);
  QSignalSpy copied(&shown.view, &InspectorView::copyWanted);
  apply->click();
  QCOMPARE(specOf(applied).accumulator_bits, BitWidth{13});
  shown.find<QPushButton>("what_if_copy")->click();
  QCOMPARE(copied.last().front().toString(), QStringLiteral("--set quant.accumulator_bits=13"));
  // The document took it: nothing differs any more.
  Experiment document = shown.story->experiment;
  document.quant = specOf(applied);
  shown.view.showExperiment(document);
  QVERIFY(!apply->isEnabled());
  shown.find<QSlider>("P_slider")->setValue(12);
  shown.find<QPushButton>("what_if_reset")->click();
  QCOMPARE(shown.find<QSlider>("P_slider")->value(), 13);
  QVERIFY(!apply->isEnabled());
}

void InspectorTest::witnessIsOfTheWorstChannel() {
  Shown shown(QStringLiteral("fc1"));
  auto* witness = shown.find<QPushButton>("witness");
  QVERIFY2(!witness->isEnabled(), "a run that trains has sums, not weights");
  QVERIFY(witness->toolTip().contains(QStringLiteral("ended")));
  auto ended = std::make_shared<views::RunStory>(*shown.story);
  ended->record = std::make_shared<const RunRecord>();
  shown.view.showRun(ended);
  QSignalSpy spy(&shown.view, &InspectorView::witnessWanted);
  witness->click();
  QCOMPARE(spy.last(), QVariantList({QStringLiteral("fc1"), 3}));
  shown.selection.selectChannel(QStringLiteral("fc1"), 5);
  witness->click();
  QCOMPARE(spy.last(), QVariantList({QStringLiteral("fc1"), 5}));
}

void InspectorTest::nothingJumps() {
  Shown shown;
  QSignalSpy spy(&shown.view, &InspectorView::whatIfChanged);
  const auto places = [&] {
    QList<int> out;
    for (const char* name : {"witness", "what_if_apply", "P_slider"}) {
      const auto* widget = shown.find<QWidget>(name);
      out << widget->mapTo(&shown.view, QPoint(0, 0)).y();
    }
    return out;
  };
  QVERIFY(QTest::qWaitForWindowExposed(&shown.view));
  const QList<int> before = places();
  shown.selection.selectChannel(QStringLiteral("fc1"), 3);
  QTest::qWait(10);
  QCOMPARE(places(), before);
  shown.find<QSlider>("P_slider")->setValue(12);
  shown.view.showPreview(previewOf(shown, specOf(spy)));
  shown.view.showScore({Metric::kAccuracy, 0.98, 0.915, 500});
  QTest::qWait(10);
  QCOMPARE(places(), before);
  shown.find<QSpinBox>("P_number")->setValue(4);
  QTest::qWait(10);
  QCOMPARE(places(), before);
  shown.view.resize(280, 760);
  QTest::qWait(10);
  QVERIFY(shown.view.width() == 280);
}

QTEST_MAIN(InspectorTest)
#include "inspector_test.moc"
