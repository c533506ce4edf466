// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "app/workbench/main_window.h"

class QAction;

namespace a2q::gui_test {

/// Far longer than anything takes: a slow machine must not fail a test.
constexpr int kLong = 120'000;

/// The sample with fewer images; long runs have epochs that no test waits for.
[[nodiscard]] Experiment smallSample(std::int64_t epochs);
[[nodiscard]] Experiment endlessSample();

/// Triggers a command of the window as a menu would.
void trigger(workbench::MainWindow& window, workbench::CommandId id);

[[nodiscard]] workbench::RunPhase phaseOf(const workbench::MainWindow& window);
[[nodiscard]] std::size_t stepsOf(const workbench::MainWindow& window);
/// Loads and starts; the caller waits for what it needs.
void start(workbench::MainWindow& window, const Experiment& experiment);

/// Once a message box is open: its text goes to `text`, and the button with the role is pressed.
void answerNextBox(int standard_button, QString* text);

}  // namespace a2q::gui_test
