// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workbench/window/main_window.h"
#include "tests/gui/box_driver.h"

class QAction;

namespace a2q::gui_test {

/// The sample with fewer images; long runs have epochs that no test waits for.
[[nodiscard]] Experiment smallSample(std::int64_t epochs);
[[nodiscard]] Experiment endlessSample();

/// Triggers a command of the window as a menu would.
void trigger(workbench::MainWindow& window, workbench::CommandId id);

[[nodiscard]] workbench::RunPhase phaseOf(const workbench::MainWindow& window);
[[nodiscard]] std::size_t stepsOf(const workbench::MainWindow& window);
/// Loads and starts; the caller waits for what it needs.
void start(workbench::MainWindow& window, const Experiment& experiment);

}  // namespace a2q::gui_test
