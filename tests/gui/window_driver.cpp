// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/window_driver.h"

#include <QAction>
#include <QTemporaryDir>

#include "core/network/sample_experiment.h"

namespace a2q::gui_test {
namespace {

/// What a window remembers must not reach the next test, nor a person's own settings.
class PrivateSettings {
 public:
  PrivateSettings() { qputenv("XDG_CONFIG_HOME", folder_.path().toUtf8()); }

 private:
  QTemporaryDir folder_;
};
const PrivateSettings kPrivateSettings;

}  // namespace

using workbench::CommandId;
using workbench::MainWindow;
using workbench::RunPhase;

Experiment smallSample(std::int64_t epochs) {
  Experiment experiment = parseExperiment(sampleSpecification(), "sample").value();
  experiment.training.epochs = epochs;
  experiment.training.batch_size = 32;
  experiment.data.train_samples = 600;
  experiment.data.test_samples = 100;
  return experiment;
}

Experiment endlessSample() { return smallSample(100'000); }

void trigger(MainWindow& window, CommandId id) { window.commands().action(id)->trigger(); }

RunPhase phaseOf(const MainWindow& window) { return window.controller().phase(); }

std::size_t stepsOf(const MainWindow& window) {
  const auto telemetry = window.controller().telemetry();
  return telemetry ? telemetry->steps.size() : 0;
}

void start(MainWindow& window, const Experiment& experiment) {
  window.setExperiment(experiment, QStringLiteral("a test"));
  trigger(window, CommandId::kStart);
}

}  // namespace a2q::gui_test
