// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <memory>

#include "app/workbench/hardware/hardware_controller.h"
#include "app/workbench/hardware/hardware_step.h"
#include "app/workbench/settings/settings.h"
#include "tests/gui/hardware_samples.h"
#include "tests/gui/window_driver.h"
#include "views/inspector/inspector_view.h"
#include "views/resources/policy_table.h"
#include "views/resources/resource_text.h"
#include "views/resources/resources_view.h"

using namespace a2q;
using namespace a2q::gui_test;
using namespace a2q::workbench;
using views::HardwarePointer;
using views::HardwareStory;
using views::ResourcesView;
using views::testing::hardwareOf;
using views::testing::sampleExperiment;

/// The estimate follows what a person changes: in the window, and as a plain function.
class HardwareControllerTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();
  void equalsThePlan();
  void floatNetworksAreToldSo();
  void layersWithoutABlockAreNamed();
  void nothingToBuildIsToldSo();
  void withoutCalibrationFinnIsNamed();
  void trainedWeightsGiveMinimised();
  void foldingsThatNoLayerTakesAreLeftOut();
  void editsAndTriedBitsAreFollowed();
  void choicesAreFollowedAndKept();
  void limitsAreFollowedAndKept();
  void foldingByHandIsFollowed();
  void theLineIsCopied();

 private:
  /// Waits until nothing is on its way.
  [[nodiscard]] HardwarePointer settled() const;
  std::unique_ptr<MainWindow> window_;
};

namespace {

HardwareQuestion questionOf(const std::string& place) {
  HardwareQuestion question;
  question.experiment = sampleExperiment();
  question.place = place;
  question.request.device = findDevice(place).value();
  return question;
}

HardwareStory answerTo(const HardwareQuestion& question) {
  return estimateHardware(question, {}).value();
}

/// As if each layer had ended with weights that need `bits`.
std::shared_ptr<const RunRecord> recordOf(const Experiment& experiment, int bits) {
  auto record = std::make_shared<RunRecord>();
  record->experiment = experiment;
  const DesignNetwork network = designNetwork(experiment).value();
  for (const DesignLayer& layer : network.layers) {
    if (!layer.hasWeights()) continue;
    LayerBound bound;
    bound.layer = layer.name;
    bound.smallest = BitWidth{bits};
    record->certificate.layers.push_back(bound);
  }
  return record;
}

}  // namespace

void HardwareControllerTest::init() {
  QVERIFY(QFile::remove(Settings::usualPath()) || !QFile::exists(Settings::usualPath()));
  window_ = std::make_unique<MainWindow>();
  window_->setExperiment(smallSample(2), QStringLiteral("sample.toml"));
  window_->show();
  QVERIFY(settled() != nullptr);
}

HardwarePointer HardwareControllerTest::settled() const {
  [this] { QTRY_VERIFY_WITH_TIMEOUT(!window_->hardware().busy(), kLong); }();
  return window_->hardware().story();
}

void HardwareControllerTest::equalsThePlan() {
  for (const char* place : {"pynq-z2", "ice40hx1k"}) {
    const auto expected = hardwareOf(place);
    HardwareQuestion question = questionOf(place);
    question.request = expected->request;
    const HardwareStory story = answerTo(question);
    QCOMPARE(story.fits, expected->fits);
    QCOMPARE(story.policy, expected->policy);
    QCOMPARE(story.plan->estimate.total.value, expected->plan->estimate.total.value);
    QCOMPARE(story.plan->design.folding, expected->plan->design.folding);
    QCOMPARE(story.policies.size(), expected->policies.size());
    QCOMPARE(story.problem.isEmpty(), story.fits);
  }
}

void HardwareControllerTest::floatNetworksAreToldSo() {
  HardwareQuestion question = questionOf("pynq-z2");
  question.experiment.quant.method = QuantMethod::kFloat;
  const HardwareStory story = answerTo(question);
  QVERIFY(!story.plan.has_value());
  QVERIFY2(story.problem.startsWith(QStringLiteral("A float network has no hardware design.")),
           qPrintable(story.problem));
  QVERIFY(story.problem.contains(QStringLiteral("quant.method")));
}

void HardwareControllerTest::layersWithoutABlockAreNamed() {
  HardwareQuestion question = questionOf("pynq-z2");
  const auto lenet = readExperiment(std::filesystem::path(A2Q_PROJECTS_DIR) / "lenet_mnist.toml");
  QVERIFY(lenet.has_value());
  question.experiment = *lenet;
  for (LayerSpec& layer : question.experiment.network.layers) {
    if (layer.name == "conv2") std::get<ConvLayer>(layer.kind).groups = 2;
  }
  const auto network = designNetwork(question.experiment);
  QVERIFY(!network.has_value());
  const HardwareStory story = answerTo(question);
  QVERIFY(!story.plan.has_value());
  // The layer is named, and at the beginning of a sentence.
  QVERIFY2(story.problem.contains(QString::fromStdString(network.error().message).mid(1)),
           qPrintable(story.problem));
}

void HardwareControllerTest::nothingToBuildIsToldSo() {
  HardwareQuestion question = questionOf("pynq-z2");
  auto& network = question.experiment.network;
  std::erase_if(network.layers, [](const LayerSpec& layer) {
    return !std::holds_alternative<InputLayer>(layer.kind) &&
           !std::holds_alternative<OutputLayer>(layer.kind);
  });
  network.layers.back().inputs = {network.layers.front().name};
  const HardwareStory story = answerTo(question);
  QVERIFY(!story.plan.has_value());
  QVERIFY2(story.problem.startsWith(QStringLiteral("The network has no layer to build.")),
           qPrintable(story.problem));
  const views::FlowStep step = hardwareStep(std::make_shared<HardwareStory>(story), {});
  QVERIFY(step.reason.contains(QStringLiteral("Add a layer")));
}

void HardwareControllerTest::withoutCalibrationFinnIsNamed() {
  const QTemporaryDir data;
  const QDir folder(data.path());
  QVERIFY(folder.mkpath(QStringLiteral("a2q/calibration")));
  QFile file(folder.filePath(QStringLiteral("a2q/calibration/gowin.csv")));
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write("not measurements\n");
  file.close();
  const QByteArray before = qgetenv("XDG_DATA_HOME");
  qputenv("XDG_DATA_HOME", data.path().toUtf8());
  HardwareQuestion question = questionOf("tang-nano-9k");
  question.request.model = ModelKind::kCalibrated;
  const HardwareStory story = answerTo(question);
  before.isNull() ? static_cast<void>(qunsetenv("XDG_DATA_HOME"))
                  : static_cast<void>(qputenv("XDG_DATA_HOME", before));
  QVERIFY(!story.plan.has_value());
  QVERIFY2(story.problem.contains(QStringLiteral("Choose the model finn")),
           qPrintable(story.problem));
}

void HardwareControllerTest::trainedWeightsGiveMinimised() {
  HardwareQuestion question = questionOf("pynq-z2");
  question.record = recordOf(question.experiment, 9);
  QVERIFY(hasWeightsOf(*question.record, question.experiment));
  question.policy = AccumulatorPolicy::kMinimised;
  const HardwareStory story = answerTo(question);
  QVERIFY(story.trained);
  QCOMPARE(story.policy, AccumulatorPolicy::kMinimised);
  for (const DesignLayer& layer : story.plan->design.network.layers) {
    if (layer.hasWeights()) QCOMPARE(layer.accumulator.bits, 9);
  }
  Experiment other = question.experiment;
  other.quant.accumulator_bits = BitWidth{14};
  QVERIFY(!hasWeightsOf(*question.record, other));
  question.record = nullptr;
  QCOMPARE(answerTo(question).policy, AccumulatorPolicy::kTarget);
}

void HardwareControllerTest::foldingsThatNoLayerTakesAreLeftOut() {
  HardwareQuestion question = questionOf("pynq-z2");
  const std::string layer = designNetwork(question.experiment).value().layers[1].name;
  question.request.overrides[layer].pe = 1;
  question.request.overrides["gone"].pe = 1;
  const HardwareStory story = answerTo(question);
  QVERIFY(story.plan.has_value());
  QCOMPARE(story.plan->design.folding.layers[1].pe, std::int64_t{1});
  QCOMPARE(story.request.overrides.size(), std::size_t{1});
}

void HardwareControllerTest::editsAndTriedBitsAreFollowed() {
  const HardwarePointer before = settled();
  Experiment changed = smallSample(2);
  changed.quant.accumulator_bits = BitWidth{12};
  Q_EMIT window_->panes().inspector->whatIfChanged(changed.quant);
  const HardwarePointer tried = settled();
  QVERIFY(tried->is_preview);
  QCOMPARE(window_->hardware().documentStory(), before);
  window_->edit(changed, QStringLiteral("P 16 → 12"));
  const HardwarePointer after = settled();
  QVERIFY(!after->is_preview);
  QVERIFY(after != before);
  QCOMPARE(after->plan->estimate.total.value, tried->plan->estimate.total.value);
  QCOMPARE(window_->panes().resources->story(), after);
  changed.quant.method = QuantMethod::kFloat;
  window_->edit(changed, QStringLiteral("float"));
  QVERIFY(!settled()->plan.has_value());
}

void HardwareControllerTest::choicesAreFollowedAndKept() {
  ResourcesView& view = *window_->panes().resources;
  Q_EMIT view.placeWanted(QStringLiteral("ice40hx1k"));
  QVERIFY(!settled()->fits);
  QCOMPARE(window_->settings().hardware().place, QStringLiteral("ice40hx1k"));
  Q_EMIT view.placeWanted(QStringLiteral("arty-a7-100t"));
  Q_EMIT view.policyWanted(AccumulatorPolicy::kFixed32);
  const HardwarePointer story = settled();
  QVERIFY(story->fits);
  QCOMPARE(story->policy, AccumulatorPolicy::kFixed32);
  QCOMPARE(view.findChild<views::PolicyTable*>()->currentRow(), 0);
  QCOMPARE(Settings().hardware().place, QStringLiteral("arty-a7-100t"));
}

void HardwareControllerTest::limitsAreFollowedAndKept() {
  ResourcesView& view = *window_->panes().resources;
  const HardwarePointer before = settled();
  auto* use = view.findChild<QSpinBox*>(QStringLiteral("resources_utilisation"));
  auto* clock = view.findChild<QSpinBox*>(QStringLiteral("resources_clock"));
  QCOMPARE(use->value(), 70);
  QCOMPARE(clock->text(), QStringLiteral("highest clock"));
  use->setValue(10);
  clock->setValue(50);
  const HardwarePointer tight = settled();
  QCOMPARE(tight->request.utilisation, 0.1);
  QCOMPARE(tight->plan->clock_hz, 50e6);
  QVERIFY(views::speedTip(*tight).contains(QStringLiteral("the one asked for")));
  QVERIFY(!views::speedTip(*before).contains(QStringLiteral("the one asked for")));
  QVERIFY(tight->plan->estimate.total.value.lut < before->plan->estimate.total.value.lut);
  QVERIFY(tight->plan->estimate.total.value.lut <= 0.1 * tight->request.device->totals.lut);
  Q_EMIT view.copyWanted();
  QVERIFY2(QApplication::clipboard()->text().startsWith(
               QStringLiteral("a2q estimate sample.toml --device pynq-z2 --model calibrated "
                              "--utilisation 10 --clock 50")),
           qPrintable(QApplication::clipboard()->text()));
  QCOMPARE(Settings().hardware().utilisation, 10);
  QCOMPARE(Settings().hardware().clock_mhz, 50);
  clock->setValue(0);
  const auto own = settled();
  QCOMPARE(own->plan->clock_hz, own->plan->clock.hz);
  use->setValue(70);
  QCOMPARE(settled()->plan->design.folding, before->plan->design.folding);
}

void HardwareControllerTest::foldingByHandIsFollowed() {
  ResourcesView& view = *window_->panes().resources;
  const HardwarePointer before = settled();
  const QString layer = QString::fromStdString(before->plan->design.network.layers[1].name);
  Q_EMIT view.foldingWanted(layer, 1, 1);
  const HardwarePointer by_hand = settled();
  QCOMPARE(by_hand->plan->design.folding.layers[1].pe, std::int64_t{1});
  QVERIFY(by_hand->plan->design.interval > before->plan->design.interval);
  Q_EMIT view.foldingFreed(layer);
  QCOMPARE(settled()->plan->design.folding, before->plan->design.folding);
}

void HardwareControllerTest::theLineIsCopied() {
  ResourcesView& view = *window_->panes().resources;
  Q_EMIT view.policyWanted(AccumulatorPolicy::kDataType);
  Q_EMIT view.foldingWanted(QStringLiteral("conv1"), 1, 1);
  QVERIFY(settled() != nullptr);
  Q_EMIT view.copyWanted();
  const QString line = QApplication::clipboard()->text();
  QVERIFY2(
      line.startsWith(QStringLiteral("a2q estimate sample.toml --device pynq-z2 --model calibrated "
                                     "--policy datatype --set-folding conv1=1,1")),
      qPrintable(line));
}

QTEST_MAIN(HardwareControllerTest)
#include "hardware_controller_test.moc"
