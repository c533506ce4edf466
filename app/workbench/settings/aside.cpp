// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/settings/aside.h"

#include <QCoreApplication>
#include <QThread>

namespace a2q::workbench {

void startAside(QObject* receiver, std::function<void()> work, std::function<void()> done) {
  QThread* const thread = QThread::create(std::move(work));
  QObject::connect(thread, &QThread::finished, receiver, std::move(done));
  QObject::connect(thread, &QThread::finished, thread, &QObject::deleteLater);
  // The program must not end under a thread that opens a library.
  QObject::connect(qApp, &QCoreApplication::aboutToQuit, thread, [thread] { thread->wait(); });
  thread->start();
}

}  // namespace a2q::workbench
