// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <random>

#include "tests/gui/window_driver.h"

using namespace a2q;
using namespace a2q::gui_test;
using a2q::workbench::CommandId;
using a2q::workbench::MainWindow;
using a2q::workbench::RunPhase;
using a2q::workbench::Settings;

/// Start, pause, stop, abort, undo and close in any order: nothing hangs, nothing is left behind,
/// and under the thread sanitizer nothing is reported. A2Q_ORDERS says how many orders, and
/// A2Q_ORDER_SEED which.
class WorkbenchOrderTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void survivesAnyOrder();
  void closesWhenTheTrainingEndedBeforeTheAnswer();
};

namespace {

constexpr int kUsualOrders = 40;
constexpr int kUsualSeed = 20261126;

constexpr std::array<CommandId, 8> kSteps{CommandId::kStart, CommandId::kPause, CommandId::kStop,
                                          CommandId::kAbort, CommandId::kPause, CommandId::kStart,
                                          CommandId::kUndo,  CommandId::kRedo};

/// Says yes to whatever is asked once it is time to, so that no order waits for a person.
class YesSayer : public QTimer {
 public:
  explicit YesSayer(const std::function<bool()>& is_time = [] { return true; }) {
    setInterval(5);
    QObject::connect(this, &QTimer::timeout, this, [is_time] {
      if (!is_time()) return;
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

/// What the environment says, if it is a positive number.
int numberFrom(const char* variable, int otherwise) {
  const int number = qEnvironmentVariableIntValue(variable);
  return number > 0 ? number : otherwise;
}

Experiment tinySample() {
  Experiment experiment = smallSample(100'000);
  experiment.training.batch_size = 8;
  experiment.data.train_samples = 32;
  experiment.data.test_samples = 8;
  return experiment;
}

void performAnOrder(MainWindow& window, std::mt19937& random) {
  const auto pick = [&](std::size_t count) { return static_cast<std::size_t>(random() % count); };
  const std::size_t length = 1 + pick(5);
  for (std::size_t i = 0; i < length; ++i) {
    if (pick(4) == 0) {
      Experiment changed = window.document().experiment();
      changed.quant.accumulator_bits.bits = 10 + static_cast<int>(pick(10));
      window.edit(changed, QStringLiteral("a change"));
    }
    QTest::qWait(static_cast<int>(pick(3) * pick(20)));
    trigger(window, kSteps[pick(kSteps.size())]);
  }
  QTest::qWait(static_cast<int>(pick(3) * pick(20)));
}

}  // namespace

void WorkbenchOrderTest::initTestCase() {
  static const QTemporaryDir folder;
  qputenv("XDG_STATE_HOME", folder.path().toUtf8());
  // The threads of one batch are not what is ordered here.
  Settings().setCompute({.device = "cpu", .threads = 1});
}

void WorkbenchOrderTest::survivesAnyOrder() {
  const int count = numberFrom("A2Q_ORDERS", kUsualOrders);
  const int seed = numberFrom("A2Q_ORDER_SEED", kUsualSeed);
  std::mt19937 random(static_cast<std::uint32_t>(seed));
  const YesSayer yes;
  int trained = 0;
  // What goes wrong with one order; empty: nothing.
  const auto problem_of = [&](int order) -> QString {
    auto window = std::make_unique<MainWindow>();
    window->show();
    window->setExperiment(tinySample(), QStringLiteral("a test"));
    trigger(*window, CommandId::kStart);
    // Loading takes longer than a hasty order: every other one waits for a batch.
    const bool patient = order % 2 == 0;
    if (patient && !QTest::qWaitFor([&] { return stepsOf(*window) > 0; }, kLong)) {
      return QStringLiteral("no batch in phase %1").arg(static_cast<int>(phaseOf(*window)));
    }
    performAnOrder(*window, random);
    if (patient || stepsOf(*window) > 0) ++trained;
    if (random() % 2 == 0) return {};  // destroyed as it is
    window->close();
    const bool closed = QTest::qWaitFor([&] { return !window->isVisible(); }, kLong);
    if (closed && phaseOf(*window) == RunPhase::kIdle) return {};
    return QStringLiteral("%1 in phase %2")
        .arg(closed ? QStringLiteral("closed") : QStringLiteral("not closed"))
        .arg(static_cast<int>(phaseOf(*window)));
  };
  for (int i = 0; i < count; ++i) {
    const QString problem = problem_of(i);
    QVERIFY2(problem.isEmpty(),
             qPrintable(QStringLiteral("order %1 of seed %2: %3").arg(i).arg(seed).arg(problem)));
  }
  qInfo("%d orders of seed %d, %d of them with batches", count, seed, trained);
}

void WorkbenchOrderTest::closesWhenTheTrainingEndedBeforeTheAnswer() {
  MainWindow window;
  window.show();
  window.setExperiment(tinySample(), QStringLiteral("a test"));
  trigger(window, CommandId::kStart);
  QTRY_VERIFY_WITH_TIMEOUT(stepsOf(window) > 0, kLong);
  const YesSayer late([&] { return phaseOf(window) == RunPhase::kIdle; });
  trigger(window, CommandId::kStop);
  window.close();
  QTRY_VERIFY_WITH_TIMEOUT(!window.isVisible(), kLong);
}

QTEST_MAIN(WorkbenchOrderTest)
#include "workbench_order_test.moc"
