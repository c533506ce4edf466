// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/box_driver.h"

#include <QAbstractButton>
#include <QApplication>
#include <QMessageBox>
#include <QTimer>

namespace a2q::gui_test {
namespace {

using Find = std::function<QAbstractButton*(const QMessageBox&)>;

/// Presses what `find` finds in a box, as soon as it does.
void pressWhenFound(const Find& find, QString* text, const std::function<void()>& then) {
  auto* timer = new QTimer(qApp);
  QObject::connect(timer, &QTimer::timeout, timer, [timer, find, text, then] {
    const auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
    QAbstractButton* const button = box == nullptr ? nullptr : find(*box);
    if (button == nullptr) return;
    timer->stop();
    timer->deleteLater();
    if (text != nullptr) *text = box->text() + QLatin1Char('\n') + box->informativeText();
    if (then) then();
    button->click();
  });
  timer->start(20);
}

}  // namespace

void answerNextBox(int standard_button, QString* text, const std::function<void()>& then) {
  const auto find = [standard_button](const QMessageBox& box) {
    return box.button(static_cast<QMessageBox::StandardButton>(standard_button));
  };
  pressWhenFound(find, text, then);
}

void pressNext(const char* button, QString* text, const std::function<void()>& then) {
  const auto find = [button](const QMessageBox& box) {
    return box.findChild<QAbstractButton*>(QString::fromUtf8(button));
  };
  pressWhenFound(find, text, then);
}

}  // namespace a2q::gui_test
