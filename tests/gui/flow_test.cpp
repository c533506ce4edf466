// SPDX-License-Identifier: GPL-3.0-or-later
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include "app/workbench/window/flow_state.h"
#include "core/network/sample_experiment.h"
#include "tests/gui/hardware_samples.h"
#include "views/common/number_text.h"
#include "views/flow/flow_view.h"
#include "views/resources/resource_text.h"
#include "views/welcome/entry_button.h"
#include "views/welcome/welcome_view.h"

using namespace a2q;
using namespace a2q::workbench;
using views::FlowStep;
using views::StepId;
using views::StepState;
using views::testing::hardwareOf;

/// The states of the steps, the rail that shows them, and the first page.
class FlowTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void freshProject();
  void missingDataBlocks();
  void runningTraining();
  void finishedAndCertified();
  void overflowIsSaid();
  void changesMakeStale();
  void trainingSettingsLeaveTheCheck();
  void unsoundPlanBlocks();
  void stoppedRunIsReadyAgain();
  void hardwareFitsOrSaysWhyNot();
  void hardwareWithoutWeightsIsStale();
  void railShowsAndActivates();
  void welcomeAsks();
  void welcomeForgets();
};

namespace {

Experiment sample() { return parseExperiment(sampleSpecification(), "sample").value(); }

FlowInputs fresh() {
  FlowInputs in;
  in.experiment = sample();
  return in;
}

/// A run of the sample with one layer of these weights for P = 8 bits and 4-bit inputs.
FlowInputs trained(std::vector<std::int32_t> values) {
  FlowInputs in = fresh();
  IntegerWeights weights;
  weights.layer = "conv2";
  weights.channels = 1;
  weights.k = static_cast<DotLength>(values.size());
  weights.weight_bits = BitWidth{8};
  weights.input_format = IntegerFormat{BitWidth{4}};
  weights.input_range = {0, 15};
  weights.accumulator = BitWidth{8};
  weights.rule = L1Rule::kA2q;
  weights.values = std::move(values);
  auto record = std::make_shared<RunRecord>();
  record->experiment = in.experiment;
  record->weights = {weights};
  record->certificate = certify(record->weights);
  EpochRecord epoch;
  epoch.test_score = 0.985;
  record->epochs = {epoch};
  in.trained = in.experiment;
  in.record = record;
  in.data = DataState::kThere;
  return in;
}

FlowStep stepOf(const FlowInputs& in, StepId id) {
  for (const FlowStep& step : flowSteps(in)) {
    if (step.id == id) return step;
  }
  return {};
}

}  // namespace

void FlowTest::freshProject() {
  const auto steps = flowSteps(fresh());
  QCOMPARE(steps.size(), std::size_t{6});
  QCOMPARE(stepOf(fresh(), StepId::kData).state, StepState::kReady);
  QCOMPARE(stepOf(fresh(), StepId::kData).summary, QStringLiteral("digits"));
  const FlowStep network = stepOf(fresh(), StepId::kNetwork);
  QCOMPARE(network.state, StepState::kDone);
  QCOMPARE(network.summary, QStringLiteral("lenet_digits, 4 layers with weights, %1 parameters")
                                .arg(views::grouped(104250)));
  QCOMPARE(stepOf(fresh(), StepId::kQuantization).summary, QStringLiteral("A2Q, W4A4, P 16"));
  QCOMPARE(stepOf(fresh(), StepId::kTraining).state, StepState::kReady);
  const FlowStep check = stepOf(fresh(), StepId::kCheck);
  QCOMPARE(check.state, StepState::kBlocked);
  QCOMPARE(check.reason, QStringLiteral("Train the network first."));
}

void FlowTest::missingDataBlocks() {
  FlowInputs in = fresh();
  in.data = DataState::kMissing;
  in.data_reason = QStringLiteral("There is no folder mnist. Fetch it.");
  QCOMPARE(stepOf(in, StepId::kData).state, StepState::kBlocked);
  QCOMPARE(stepOf(in, StepId::kData).reason, in.data_reason);
  QCOMPARE(stepOf(in, StepId::kTraining).state, StepState::kBlocked);
  in.data = DataState::kThere;
  in.train_samples = 12000;
  in.test_samples = 2000;
  QCOMPARE(stepOf(in, StepId::kData).state, StepState::kDone);
  QCOMPARE(
      stepOf(in, StepId::kData).summary,
      QStringLiteral("digits, %1 + %2 images").arg(views::grouped(12000), views::grouped(2000)));
}

void FlowTest::runningTraining() {
  FlowInputs in = fresh();
  in.phase = RunPhase::kTraining;
  in.epoch = 3;
  in.epochs = 5;
  QCOMPARE(stepOf(in, StepId::kData).state, StepState::kDone);
  QCOMPARE(stepOf(in, StepId::kTraining).state, StepState::kRunning);
  QCOMPARE(stepOf(in, StepId::kTraining).summary, QStringLiteral("epoch 3/5"));
  QCOMPARE(stepOf(in, StepId::kCheck).state, StepState::kBlocked);
  in.phase = RunPhase::kPaused;
  QCOMPARE(stepOf(in, StepId::kTraining).summary, QStringLiteral("paused, epoch 3/5"));
}

void FlowTest::finishedAndCertified() {
  const FlowInputs in = trained({3, -3});
  QCOMPARE(stepOf(in, StepId::kTraining).state, StepState::kDone);
  QCOMPARE(stepOf(in, StepId::kTraining).summary, QStringLiteral("finished, accuracy 98.50 %"));
  const FlowStep check = stepOf(in, StepId::kCheck);
  QCOMPARE(check.state, StepState::kDone);
  // hi = 45 of 127: log2(127/45).
  QCOMPARE(check.summary,
           QStringLiteral("certified, worst margin %1").arg(views::bitsText(1.4968)));
}

void FlowTest::overflowIsSaid() {
  const FlowStep check = stepOf(trained({100, 100}), StepId::kCheck);
  QCOMPARE(check.state, StepState::kBlocked);
  QVERIFY(check.summary.startsWith(QStringLiteral("OVERFLOW POSSIBLE")));
  QVERIFY(!check.reason.isEmpty());
}

void FlowTest::changesMakeStale() {
  FlowInputs in = trained({3, -3});
  in.experiment = withSetting(in.experiment, "quant.accumulator_bits", "14").value();
  const FlowStep training = stepOf(in, StepId::kTraining);
  QCOMPARE(training.state, StepState::kStale);
  QCOMPARE(training.reason, QStringLiteral("changed since the run: accumulator_bits 16 → 14"));
  QCOMPARE(stepOf(in, StepId::kCheck).state, StepState::kStale);
}

void FlowTest::trainingSettingsLeaveTheCheck() {
  FlowInputs in = trained({3, -3});
  in.experiment.training.epochs = 9;
  in.experiment.training.batch_size = 64;
  QCOMPARE(stepOf(in, StepId::kTraining).state, StepState::kStale);
  QVERIFY(stepOf(in, StepId::kTraining).reason.endsWith(QStringLiteral(", and 1 more")));
  QCOMPARE(stepOf(in, StepId::kCheck).state, StepState::kDone);
}

void FlowTest::unsoundPlanBlocks() {
  FlowInputs in = fresh();
  in.experiment.quant.accumulator_bits = BitWidth{4};
  QCOMPARE(stepOf(in, StepId::kQuantization).state, StepState::kBlocked);
  QVERIFY(stepOf(in, StepId::kQuantization).reason.contains(QStringLiteral("allows no weights")));
  QCOMPARE(stepOf(in, StepId::kTraining).state, StepState::kBlocked);
}

void FlowTest::stoppedRunIsReadyAgain() {
  FlowInputs in = trained({3, -3});
  auto record = std::make_shared<RunRecord>(*in.record);
  record->state = RunState::kStopped;
  in.record = record;
  QCOMPARE(stepOf(in, StepId::kTraining).state, StepState::kReady);
  QVERIFY(stepOf(in, StepId::kTraining).summary.startsWith(QStringLiteral("stopped")));
}

void FlowTest::hardwareFitsOrSaysWhyNot() {
  FlowInputs in = fresh();
  QCOMPARE(stepOf(in, StepId::kHardware).state, StepState::kRunning);
  in.hardware = hardwareOf("pynq-z2");
  FlowStep step = stepOf(in, StepId::kHardware);
  QCOMPARE(step.state, StepState::kDone);
  const DesignPlan& plan = *in.hardware->plan;
  const double share = tightest(plan.estimate.total.value, plan.device->totals).share;
  QVERIFY2(step.summary.startsWith(QStringLiteral("fits ")), qPrintable(step.summary));
  QVERIFY2(step.summary.endsWith(QStringLiteral(" at %1: %2")
                                     .arg(views::percentText(share), views::rateText(plan.rate()))),
           qPrintable(step.summary));
  in.hardware = hardwareOf("ice40hx1k");
  step = stepOf(in, StepId::kHardware);
  QCOMPARE(step.state, StepState::kBlocked);
  QVERIFY2(step.summary.startsWith(QStringLiteral("does not fit ")), qPrintable(step.summary));
  QVERIFY(step.summary.endsWith(QStringLiteral("too many")));
  QVERIFY(!step.reason.isEmpty());
  const auto none = std::make_shared<views::HardwareStory>();
  none->problem = QStringLiteral("A float network has no hardware design.");
  in.hardware = none;
  step = stepOf(in, StepId::kHardware);
  QCOMPARE(step.state, StepState::kBlocked);
  QCOMPARE(step.reason, none->problem);
}

void FlowTest::hardwareWithoutWeightsIsStale() {
  FlowInputs in = trained({3, -3});
  in.hardware = hardwareOf("pynq-z2");
  QCOMPARE(stepOf(in, StepId::kHardware).state, StepState::kDone);
  in.experiment = withSetting(in.experiment, "quant.accumulator_bits", "14").value();
  const FlowStep step = stepOf(in, StepId::kHardware);
  QCOMPARE(step.state, StepState::kStale);
  QVERIFY2(step.reason.contains(QStringLiteral("accumulator_bits 16 → 14")),
           qPrintable(step.reason));
}

void FlowTest::railShowsAndActivates() {
  views::FlowView rail;
  rail.showSteps(flowSteps(trained({3, -3})));
  rail.show();
  QListWidget& list = rail.list();
  QCOMPARE(list.count(), 6);
  QCOMPARE(list.item(3)->data(Qt::AccessibleTextRole).toString(), QStringLiteral("Training, done"));
  for (const int width : {150, 200, 260}) {
    rail.resize(width, 700);
    QCoreApplication::processEvents();
    int below = 0;
    for (int row = 0; row < list.count(); ++row) {
      const QRect rect = list.visualItemRect(list.item(row));
      QVERIFY2(rect.top() >= below, "rows overlap");
      QVERIFY(rect.width() <= width);
      below = rect.bottom();
    }
  }
  QSignalSpy activated(&rail, &views::FlowView::stepActivated);
  QTest::keyClick(&list, Qt::Key_Down);
  QTest::keyClick(&list, Qt::Key_Return);
  QCOMPARE(activated.size(), 1);
  QCOMPARE(activated.front().front().value<StepId>(), StepId::kNetwork);
  QTest::mouseClick(list.viewport(), Qt::LeftButton, {},
                    list.visualItemRect(list.item(4)).center());
  QCOMPARE(activated.size(), 2);
  QCOMPARE(activated.back().front().value<StepId>(), StepId::kCheck);
}

void FlowTest::welcomeAsks() {
  views::WelcomeView page;
  page.showRecent({{QStringLiteral("/data/a.a2q"), true}, {QStringLiteral("/gone/b.a2q"), false}});
  page.showTemplates({{"cnv_cifar", "The VGG-like network.", {}}});
  page.resize(900, 600);
  page.show();
  QVERIFY(QTest::qWaitForWindowActive(&page));
  QSignalSpy sample_wanted(&page, &views::WelcomeView::sampleWanted);
  QVERIFY(page.sampleButton().hasFocus());
  QTest::keyClick(&page.sampleButton(), Qt::Key_Space);
  QCOMPARE(sample_wanted.size(), 1);
  QSignalSpy open(&page, &views::WelcomeView::openWanted);
  QSignalSpy from_template(&page, &views::WelcomeView::templateWanted);
  for (auto* entry : page.findChildren<views::EntryButton*>()) entry->click();
  QCOMPARE(open.size(), 1);
  QCOMPARE(open.front().front().toString(), QStringLiteral("/data/a.a2q"));
  QCOMPARE(from_template.size(), 1);
  QCOMPARE(from_template.front().front().toString(), QStringLiteral("cnv_cifar"));
  // Nothing is cut off at the side.
  for (const auto* child : page.findChildren<QWidget*>()) {
    if (!child->isVisible()) continue;
    QVERIFY(child->mapTo(&page, QPoint(child->width(), 0)).x() <= page.width());
    QVERIFY(child->width() >= child->minimumSizeHint().width());
  }
}

void FlowTest::welcomeForgets() {
  views::WelcomeView page;
  page.showRecent({{QStringLiteral("/data/a.a2q"), true}, {QStringLiteral("/gone/b.a2q"), false}});
  page.show();
  QSignalSpy forget(&page, &views::WelcomeView::forgetWanted);
  const auto removers = page.findChildren<QToolButton*>();
  QCOMPARE(removers.size(), 2);
  removers.back()->click();
  QCOMPARE(forget.size(), 1);
  QCOMPARE(forget.front().front().toString(), QStringLiteral("/gone/b.a2q"));
  auto* entry = page.findChildren<views::EntryButton*>().front();
  QTest::keyClick(entry, Qt::Key_Delete);
  QCOMPARE(forget.size(), 2);
  QCOMPARE(forget.back().front().toString(), QStringLiteral("/data/a.a2q"));
}

QTEST_MAIN(FlowTest)
#include "flow_test.moc"
