// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QMessageBox>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <memory>

#include "app/workbench/hardware/hardware_controller.h"
#include "app/workbench/hardware/synthesis_controller.h"
#include "core/base/child_output.h"
#include "hw_backend/estimate/design_synthesis.h"
#include "tests/gui/window_driver.h"
#include "tests/hw_backend/flow/test_tools.h"
#include "views/jobs/jobs_model.h"
#include "views/jobs/jobs_view.h"
#include "views/resources/resources_view.h"

using namespace a2q;
using namespace a2q::gui_test;
using namespace a2q::workbench;
using flow_test::numberIn;
using flow_test::runs;
using flow_test::Variable;
using flow_test::writeScript;
using views::HardwarePointer;
using views::JobRow;
using views::JobState;
using views::ResourcesView;

/// Synthesis in the background of the window, with Yosys and with tools that only pretend.
class SynthesisControllerTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();
  void cleanup();
  void synthesisStandsBesideTheEstimate();
  void figuresStayWithTheirBlocks();
  void whatIsDoneStaysAfterAStop();
  void jobsPaneCancels();
  void buttonStops();
  void trainingGoesOnMeanwhile();
  void closingStopsUnasked();
  void failuresQuoteTheTool();
  void aMissingToolIsNamed();
  void withoutADesignThereIsNone();

 private:
  /// A program `yosys` that tells its version and else does as the script.
  void pretend(const std::string& script);
  /// The only folder of PATH is that of pretend().
  void hideTools();
  /// A window with the experiment on a board.
  void open(const Experiment& experiment, const char* place);
  /// Waits until no estimate is on its way.
  [[nodiscard]] HardwarePointer settled() const;
  [[nodiscard]] const SynthesisController& synthesis() const { return window_->synthesis(); }
  [[nodiscard]] ResourcesView& view() const { return *window_->panes().resources; }
  [[nodiscard]] QAbstractButton& button() const;
  [[nodiscard]] QString compared() const;
  /// The newest one; without a name where there is none.
  [[nodiscard]] JobRow job() const;
  void begin() const;
  /// Begins with a tool that never ends, and waits until it runs.
  void beginEndless();
  void checkNothingRuns() const;

  std::unique_ptr<QTemporaryDir> folder_;
  std::unique_ptr<Variable> cache_;
  std::unique_ptr<Variable> path_;
  std::unique_ptr<MainWindow> window_;
};

namespace {

/// One LUT, as Yosys writes it for iCE40.
constexpr const char* kNetlist =
    "echo '{\"modules\": {\"block\": {\"ports\": {}, \"cells\": {\"a\": {\"type\": \"SB_LUT4\", "
    "\"connections\": {\"O\": [5], \"I0\": [2]}}}}}}' > netlist.json\n";

/// Two small layers, of which any tool makes short work.
Experiment tiny(const std::string& features = "4") {
  const std::string text = R"([network]
name = "tiny"
[[layer]]
name = "image"
kind = "input"
shape = [1, 2, 2]
bits = 2
[[layer]]
name = "flat"
kind = "flatten"
[[layer]]
name = "fc1"
kind = "linear"
features = )" + features +
                           R"(
[[layer]]
name = "bn1"
kind = "batch_norm"
[[layer]]
name = "act1"
kind = "activation"
[[layer]]
name = "fc2"
kind = "linear"
features = 2
[[layer]]
name = "result"
kind = "output"
[quant]
method = "a2q"
weight_bits = 3
activation_bits = 2
accumulator_bits = 8
)";
  const auto parsed = parseExperiment(text, "tiny");
  if (!parsed) qFatal("%s", describe(parsed.error()).c_str());
  return *parsed;
}

bool anyKnown(const HardwarePointer& story) { return story->synthesis.has_value(); }

bool allKnown(const HardwarePointer& story) {
  return anyKnown(story) && story->synthesis->total.has_value();
}

}  // namespace

void SynthesisControllerTest::init() {
  folder_ = std::make_unique<QTemporaryDir>();
  cache_ = std::make_unique<Variable>("XDG_CACHE_HOME", folder_->filePath("cache").toStdString());
  QVERIFY(QFile::remove(Settings::usualPath()) || !QFile::exists(Settings::usualPath()));
}

void SynthesisControllerTest::cleanup() {
  window_.reset();
  path_.reset();
  cache_.reset();
}

void SynthesisControllerTest::pretend(const std::string& script) {
  writeScript(folder_->filePath("yosys").toStdString(),
              "if [ \"$1\" = -V ]; then echo 'Yosys 0.0'; exit 0; fi\n" + script);
  path_.reset();
  path_ = std::make_unique<Variable>("PATH", folder_->path().toStdString() + ":/usr/bin:/bin");
}

void SynthesisControllerTest::hideTools() {
  path_ = std::make_unique<Variable>("PATH", folder_->path().toStdString());
}

void SynthesisControllerTest::open(const Experiment& experiment, const char* place) {
  window_ = std::make_unique<MainWindow>();
  window_->setExperiment(experiment, QStringLiteral("tiny.toml"));
  window_->show();
  Q_EMIT view().placeWanted(QString::fromUtf8(place));
  QVERIFY(settled() != nullptr);
}

HardwarePointer SynthesisControllerTest::settled() const {
  [this] { QTRY_VERIFY_WITH_TIMEOUT(!window_->hardware().busy(), kLong); }();
  return window_->hardware().story();
}

QAbstractButton& SynthesisControllerTest::button() const {
  return *view().findChild<QAbstractButton*>(QStringLiteral("resources_synthesise"));
}

QString SynthesisControllerTest::compared() const {
  return view().findChild<QLabel*>(QStringLiteral("resources_compared"))->text();
}

JobRow SynthesisControllerTest::job() const {
  const views::JobsModel& model = window_->panes().jobs->model();
  return model.rowCount() == 0 ? JobRow() : model.job(0);
}

void SynthesisControllerTest::begin() const {
  QCOMPARE(synthesis().whyNot(), QString());
  trigger(*window_, CommandId::kSynthesise);
  QVERIFY(synthesis().busy());
  QVERIFY(!window_->commands().action(CommandId::kSynthesise)->isEnabled());
}

void SynthesisControllerTest::beginEndless() {
  pretend("sleep 1000 &\necho $! > " + folder_->filePath("sleeper").toStdString() + "\necho $$ > " +
          folder_->filePath("tool").toStdString() + "\nwait\n");
  open(tiny(), "icebreaker");
  begin();
  QTRY_VERIFY_WITH_TIMEOUT(runs(numberIn(folder_->filePath("tool").toStdString())), kLong);
  QVERIFY(runs(numberIn(folder_->filePath("sleeper").toStdString())));
}

void SynthesisControllerTest::checkNothingRuns() const {
  for (const char* each : {"tool", "sleeper"}) {
    const int pid = numberIn(folder_->filePath(QString::fromUtf8(each)).toStdString());
    QVERIFY(pid > 0);
    QVERIFY2(!runs(pid), each);
  }
}

void SynthesisControllerTest::synthesisStandsBesideTheEstimate() {
  if (!findProgram("yosys")) QSKIP("yosys is not installed: apt install yosys");
  open(tiny(), "icebreaker");
  QVERIFY(!anyKnown(settled()));
  QVERIFY(compared().isEmpty());
  begin();
  QTRY_VERIFY_WITH_TIMEOUT(!synthesis().busy(), kLong);
  const HardwarePointer story = settled();
  QVERIFY(allKnown(story));
  struct : ProgressSink {
    void report(const Progress&) override {}
  } nowhere;
  const auto expected = synthesiseDesign(*story->plan, 1, nowhere, {}).value().value();
  QCOMPARE(*story->synthesis->total, *expected.total);
  QVERIFY(expected.total->lut > 10);
  for (std::size_t i = 0; i < expected.layers.size(); ++i) {
    QCOMPARE(*story->synthesis->layers[i], *expected.layers[i]);
  }
  QVERIFY2(
      compared().contains(
          QStringLiteral("estimate, %1\u00a0synthesis").arg(static_cast<int>(expected.total->lut))),
      qPrintable(compared()));
  QTRY_COMPARE(job().state, JobState::kDone);
  QVERIFY2(job().text.contains(QStringLiteral("synthesis")), qPrintable(job().text));
  QVERIFY(window_->commands().action(CommandId::kSynthesise)->isEnabled());
  // The line tells the same only with the synthesis.
  QString line;
  connect(&window_->hardware(), &HardwareController::copyWanted, this,
          [&](const QString& text) { line = text; });
  Q_EMIT view().copyWanted();
  QVERIFY2(line.contains(QStringLiteral(" --verify")), qPrintable(line));
}

void SynthesisControllerTest::figuresStayWithTheirBlocks() {
  pretend(kNetlist);
  open(tiny(), "icebreaker");
  begin();
  QTRY_VERIFY_WITH_TIMEOUT(!synthesis().busy(), kLong);
  const HardwarePointer before = settled();
  QVERIFY(allKnown(before));
  // Another folding of one layer has other blocks there, and the same elsewhere.
  const std::size_t last = before->plan->design.network.layers.size() - 1;
  const QString name = QString::fromStdString(before->plan->design.network.layers[last].name);
  const auto& folding = before->plan->design.folding.layers[last];
  Q_EMIT view().foldingWanted(name, folding.pe == 1 ? 2 : 1, folding.simd);
  const HardwarePointer folded = settled();
  QVERIFY(!allKnown(folded));
  QVERIFY(!folded->synthesis->layers[last].has_value());
  QVERIFY(folded->synthesis->layers[1].has_value());
  QVERIFY2(compared().contains(QStringLiteral("known of 1 of 2 layers")), qPrintable(compared()));
  QVERIFY(!view().shown().back().synthesis.has_value());
  Q_EMIT view().foldingFreed(name);
  QVERIFY(allKnown(settled()));
  // What was synthesised for one family says nothing of another.
  Q_EMIT view().placeWanted(QStringLiteral("pynq-z2"));
  QVERIFY(!anyKnown(settled()));
  QVERIFY(compared().isEmpty());
  Q_EMIT view().placeWanted(QStringLiteral("icebreaker"));
  QVERIFY(allKnown(settled()));
  // Another network is another design.
  window_->edit(tiny("5"), QStringLiteral("features 4 → 5"));
  QVERIFY(!allKnown(settled()));
}

void SynthesisControllerTest::whatIsDoneStaysAfterAStop() {
  const std::string first = folder_->filePath("first").toStdString();
  pretend("if mkdir " + first + " 2> /dev/null; then\n" + kNetlist + "exit 0; fi\necho $$ > " +
          folder_->filePath("tool").toStdString() + "\nexec sleep 1000\n");
  open(tiny(), "icebreaker");
  begin();
  QTRY_VERIFY_WITH_TIMEOUT(job().text.startsWith(QStringLiteral("1 of ")), kLong);
  QCOMPARE(job().state, JobState::kRunning);
  QVERIFY(job().progress.value_or(0) > 0);
  QVERIFY(anyKnown(settled()));
  QTRY_VERIFY_WITH_TIMEOUT(runs(numberIn(folder_->filePath("tool").toStdString())), kLong);
  QCOMPARE(button().text(), QStringLiteral("Stop synthesis"));
  button().click();
  QTRY_VERIFY_WITH_TIMEOUT(!synthesis().busy(), kLong);
  QVERIFY(!runs(numberIn(folder_->filePath("tool").toStdString())));
  QVERIFY(anyKnown(settled()));
  QVERIFY(!allKnown(settled()));
  QTRY_COMPARE(job().state, JobState::kCancelled);
}

void SynthesisControllerTest::jobsPaneCancels() {
  beginEndless();
  QTRY_COMPARE(job().state, JobState::kRunning);
  QVERIFY(job().cancellable);
  QVERIFY2(job().text.startsWith(QStringLiteral("0 of ")), qPrintable(job().text));
  Q_EMIT window_->panes().jobs->cancelWanted(job().id);
  QTRY_VERIFY_WITH_TIMEOUT(!synthesis().busy(), kLong);
  checkNothingRuns();
  QTRY_COMPARE(job().state, JobState::kCancelled);
  QVERIFY(!anyKnown(settled()));
  QCOMPARE(synthesis().whyNot(), QString());
}

void SynthesisControllerTest::buttonStops() {
  beginEndless();
  QCOMPARE(button().text(), QStringLiteral("Stop synthesis"));
  QVERIFY(synthesis().whyNot().contains(QStringLiteral("is running")));
  button().click();
  QVERIFY(!button().isEnabled());
  QTRY_VERIFY_WITH_TIMEOUT(!synthesis().busy(), kLong);
  checkNothingRuns();
  QCOMPARE(button().text(), QStringLiteral("Synthesise"));
  QVERIFY(button().isEnabled());
}

void SynthesisControllerTest::trainingGoesOnMeanwhile() {
  beginEndless();
  start(*window_, smallSample(1));
  QTRY_VERIFY_WITH_TIMEOUT(window_->record() != nullptr, kLong);
  QCOMPARE(window_->record()->state, RunState::kFinished);
  QVERIFY(synthesis().busy());
  QVERIFY(runs(numberIn(folder_->filePath("tool").toStdString())));
}

void SynthesisControllerTest::closingStopsUnasked() {
  beginEndless();
  window_->close();
  QVERIFY(!window_->isVisible());
  QVERIFY(QApplication::activeModalWidget() == nullptr);
  QTRY_VERIFY_WITH_TIMEOUT(!synthesis().busy(), kLong);
  checkNothingRuns();
  // The same where the window goes at once.
  window_.reset();
  QVERIFY(QFile::remove(folder_->filePath("tool")));
  beginEndless();
  window_.reset();
  checkNothingRuns();
}

void SynthesisControllerTest::failuresQuoteTheTool() {
  pretend("echo 'ERROR: no such thing'; exit 1\n");
  open(tiny(), "icebreaker");
  QString told;
  answerNextBox(QMessageBox::Ok, &told);
  begin();
  QTRY_VERIFY_WITH_TIMEOUT(!synthesis().busy(), kLong);
  QTRY_VERIFY_WITH_TIMEOUT(!told.isEmpty(), kLong);
  QVERIFY2(told.contains(QStringLiteral("yosys ended with code 1")), qPrintable(told));
  QVERIFY2(told.contains(QStringLiteral("ERROR: no such thing")), qPrintable(told));
  QTRY_COMPARE(job().state, JobState::kFailed);
  QVERIFY(job().text.contains(QStringLiteral("ended with code 1")));
  QVERIFY(!anyKnown(settled()));
}

void SynthesisControllerTest::aMissingToolIsNamed() {
  hideTools();
  open(tiny(), "icebreaker");
  QVERIFY2(synthesis().whyNot().contains(QStringLiteral("apt install yosys")),
           qPrintable(synthesis().whyNot()));
  const QAction& action = *window_->commands().action(CommandId::kSynthesise);
  QVERIFY(!action.isEnabled());
  QVERIFY(action.toolTip().contains(QStringLiteral("apt install yosys")));
  QVERIFY(!button().isEnabled());
  QVERIFY(button().toolTip().contains(QStringLiteral("apt install yosys")));
  // Installed meanwhile.
  writeScript(folder_->filePath("yosys").toStdString(), "exit 1\n");
  Q_EMIT qGuiApp->applicationStateChanged(Qt::ApplicationActive);
  QVERIFY(action.isEnabled());
  QVERIFY(button().isEnabled());
}

void SynthesisControllerTest::withoutADesignThereIsNone() {
  pretend("exit 1\n");
  Experiment experiment = tiny();
  experiment.quant.method = QuantMethod::kFloat;
  open(experiment, "icebreaker");
  QVERIFY2(synthesis().whyNot().contains(QStringLiteral("float network")),
           qPrintable(synthesis().whyNot()));
  QVERIFY(!button().isEnabled());
  trigger(*window_, CommandId::kSynthesise);
  QVERIFY(!synthesis().busy());
}

QTEST_MAIN(SynthesisControllerTest)
#include "synthesis_controller_test.moc"
