// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <functional>

namespace a2q::gui_test {

/// Far longer than anything takes: a slow machine must not fail a test.
constexpr int kLong = 120'000;

/// Once a message box with the button is open: its text goes to `text`, `then` prepares for the
/// next box, and the button is pressed.
void answerNextBox(int standard_button, QString* text, const std::function<void()>& then = {});
/// The same for a box that has a button of that object name.
void pressNext(const char* button, QString* text = nullptr, const std::function<void()>& then = {});

}  // namespace a2q::gui_test
