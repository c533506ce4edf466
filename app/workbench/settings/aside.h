// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>
#include <memory>
#include <utility>

namespace a2q::workbench {

/// See runAside().
void startAside(QObject* receiver, std::function<void()> work, std::function<void()> done);

/// Runs `work` on a thread of its own and hands what it returns to `done` on the GUI's thread,
/// unless `receiver` is gone by then. For looking at folders and opening libraries, which may take
/// longer than a frame; `work` must not touch widgets.
template <class Work, class Done>
void runAside(QObject* receiver, Work work, Done done) {
  using Answer = decltype(work());
  auto answer = std::make_shared<Answer>();
  startAside(
      receiver, [answer, work = std::move(work)] { *answer = work(); },
      [answer, done = std::move(done)] { done(std::as_const(*answer)); });
}

}  // namespace a2q::workbench
