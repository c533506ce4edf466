// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <memory>
#include <random>

#include "tests/gui/window_driver.h"

using namespace a2q;
using namespace a2q::gui_test;
using a2q::workbench::CommandId;
using a2q::workbench::MainWindow;
using a2q::workbench::RunPhase;

/// Start, pause, stop, abort, undo and close in any order: nothing hangs, nothing is left behind,
/// and under the thread sanitizer nothing is reported. A2Q_ORDERS says how many orders.
class WorkbenchOrderTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void survivesAnyOrder();
};

namespace {

constexpr std::array<CommandId, 8> kSteps{CommandId::kStart, CommandId::kPause, CommandId::kStop,
                                          CommandId::kAbort, CommandId::kPause, CommandId::kStart,
                                          CommandId::kUndo,  CommandId::kRedo};

/// Says yes to whatever is asked, so that no order waits for a person.
class YesSayer : public QTimer {
 public:
  YesSayer() {
    setInterval(5);
    QObject::connect(this, &QTimer::timeout, this, [] {
      const auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
      if (box == nullptr) return;
      for (const auto button : {QMessageBox::Discard, QMessageBox::Yes, QMessageBox::Ok}) {
        if (auto* found = box->button(button)) return found->click();
      }
      for (auto* button : box->buttons()) {
        if (box->buttonRole(button) == QMessageBox::RejectRole) return button->click();
      }
    });
    start();
  }
};

Experiment tinySample() {
  Experiment experiment = smallSample(100'000);
  experiment.training.batch_size = 8;
  experiment.data.train_samples = 32;
  experiment.data.test_samples = 8;
  return experiment;
}

void performAnOrder(MainWindow& window, std::mt19937& random) {
  const auto pick = [&](std::size_t count) { return static_cast<std::size_t>(random() % count); };
  const std::size_t length = 2 + pick(5);
  for (std::size_t i = 0; i < length; ++i) {
    const CommandId step = i == 0 ? CommandId::kStart : kSteps[pick(kSteps.size())];
    trigger(window, step);
    if (pick(4) == 0) {
      Experiment changed = window.document().experiment();
      changed.quant.accumulator_bits.bits = 10 + static_cast<int>(pick(10));
      window.edit(changed, QStringLiteral("a change"));
    }
    QTest::qWait(static_cast<int>(pick(3) * pick(20)));
  }
}

}  // namespace

void WorkbenchOrderTest::initTestCase() {
  static const QTemporaryDir folder;
  qputenv("XDG_STATE_HOME", folder.path().toUtf8());
}

void WorkbenchOrderTest::survivesAnyOrder() {
  const int orders = qEnvironmentVariableIntValue("A2Q_ORDERS");
  const int count = orders > 0 ? orders : 40;
  std::mt19937 random(20261126);
  const YesSayer yes;
  for (int i = 0; i < count; ++i) {
    auto window = std::make_unique<MainWindow>();
    window->show();
    window->setExperiment(tinySample(), QStringLiteral("a test"));
    performAnOrder(*window, random);
    if (random() % 2 == 0) {  // closed by hand, or destroyed as it is
      window->close();
      QTRY_VERIFY_WITH_TIMEOUT(!window->isVisible(), kLong);
      QCOMPARE(phaseOf(*window), RunPhase::kIdle);
    }
    window.reset();
  }
}

QTEST_MAIN(WorkbenchOrderTest)
#include "workbench_order_test.moc"
