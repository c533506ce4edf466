// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <functional>

#include "app/workbench/window/main_window.h"

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

/// Once a message box with the button is open: its text goes to `text`, `then` prepares for the
/// next box, and the button is pressed.
void answerNextBox(int standard_button, QString* text, const std::function<void()>& then = {});
/// The same for a box that has a button of that object name.
void pressNext(const char* button, QString* text = nullptr, const std::function<void()>& then = {});

}  // namespace a2q::gui_test
