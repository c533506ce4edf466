// SPDX-License-Identifier: GPL-3.0-or-later
// window_bench [--steps N] [--pairs N] [SPEC.toml]: what the window costs a training, and how late
// its event loop is. CNV on made-up images is trained in the real window (offscreen, every pane of
// the first layout visible) and by the trainer alone, in turns; printed are the ratio of the times
// of a step, pair by pair, the processor time that the window's own thread took (which noise of the
// machine does not touch), and the lateness of a 5 ms timer of that thread.
#include <fmt/format.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "app/workbench/window/main_window.h"
#include "core/base/parallel.h"
#include "core/training/step_series.h"
#include "core/training/trainer.h"

namespace {

using namespace a2q;
using workbench::CommandId;
using workbench::MainWindow;

struct Options {
  std::int64_t steps = 60;
  int pairs = 5;
  std::string path = A2Q_PROJECTS "/cnv_cifar.toml";
};

[[noreturn]] void end(const Error& error) {
  fmt::print(stderr, "{}\n", describe(error));
  std::exit(static_cast<int>(errorInfo(error.code).exit_code));
}

Options optionsOf(const QStringList& words) {
  Options options;
  for (qsizetype i = 1; i < words.size(); ++i) {
    if (words[i] == QStringLiteral("--steps") && i + 1 < words.size()) {
      options.steps = words[++i].toLongLong();
    } else if (words[i] == QStringLiteral("--pairs") && i + 1 < words.size()) {
      options.pairs = words[++i].toInt();
    } else {
      options.path = words[i].toStdString();
    }
  }
  return options;
}

/// A file of CIFAR-10's form with random images.
void writeImages(const std::filesystem::path& path, std::int64_t count) {
  constexpr std::size_t kBytes = 3072;
  std::mt19937 random(1);
  std::ofstream file(path, std::ios::binary);
  for (std::int64_t i = 0; i < count; ++i) {
    std::string record(1 + kBytes, '\0');
    record[0] = static_cast<char>(random() % 10);
    for (std::size_t at = 1; at < record.size(); ++at) record[at] = static_cast<char>(random());
    file << record;
  }
}

/// The network for so many steps of one epoch, on images that lie in a folder.
Experiment experimentOf(const Options& options, const std::string& folder) {
  auto read = readExperiment(options.path);
  if (!read) end(read.error());
  Experiment experiment = *read;
  experiment.training.epochs = 1;
  experiment.training.float_phase.epochs = 0;
  const std::int64_t samples = options.steps * experiment.training.batch_size;
  writeImages(folder + "/data_batch_1.bin", samples);
  writeImages(folder + "/test_batch.bin", 10);
  experiment.data = DataSpec{.set = "cifar10", .path = folder};
  experiment.data.train_samples = samples;
  return experiment;
}

/// Seconds a step, without the first ones.
double paceOf(const RunRecord& record) {
  constexpr std::size_t kWarm = 5;
  const std::size_t rows = record.steps.rows();
  const auto column = columnOf(record.steps, "seconds").value();
  if (rows <= kWarm + 1) return 0;
  const double seconds = record.steps.row(rows - 1)[column] - record.steps.row(kWarm)[column];
  return seconds / static_cast<double>(rows - 1 - kWarm);
}

class Silent : public TrainObserver {
 public:
  void onStep(const StepReport&) override {}
  void onEpoch(const EpochRecord&) override {}
  void onSnapshot(const std::vector<LayerSnapshot>&) override {}
  [[nodiscard]] Snapshots snapshots() const override { return Snapshots::kIgnored; }
};

double trainAlone(const Experiment& experiment) {
  auto trainer = openTrainer();
  if (!trainer) end(trainer.error());
  const auto data = loadDataSet(experiment.data, experiment.training.seed);
  if (!data) end(data.error());
  Silent silent;
  const auto record = (*trainer)->train({experiment, *data}, silent, {});
  if (!record) end(record.error());
  return paceOf(*record);
}

/// How much later than asked a timer of the window's thread fired, in milliseconds.
class Lateness {
 public:
  Lateness() {
    constexpr int kInterval = 5;
    timer_.setTimerType(Qt::PreciseTimer);
    timer_.setInterval(kInterval);
    QObject::connect(&timer_, &QTimer::timeout, [this] {
      const double passed = static_cast<double>(clock_.nsecsElapsed()) * 1e-6;
      clock_.restart();
      late_.push_back(std::max(0.0, passed - kInterval));
    });
  }
  void measure(bool on) {
    clock_.restart();
    on ? timer_.start() : timer_.stop();
  }
  [[nodiscard]] double quantile(double share) {
    if (late_.empty()) return 0;
    std::sort(late_.begin(), late_.end());
    return late_[static_cast<std::size_t>(share * static_cast<double>(late_.size() - 1))];
  }
  [[nodiscard]] std::size_t count() const { return late_.size(); }

 private:
  QTimer timer_;
  QElapsedTimer clock_;
  std::vector<double> late_;
};

/// Seconds of processor time of the calling thread.
double threadSeconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

struct InWindow {
  double pace = 0;   ///< seconds a step
  double share = 0;  ///< of all processors, that the window's thread kept busy
};

InWindow trainInWindow(const Experiment& experiment, Lateness& lateness) {
  constexpr QSize kUsual(1280, 800);
  MainWindow window;
  window.resize(kUsual);
  window.show();
  window.setExperiment(experiment, QStringLiteral("the benchmark"));
  window.commands().action(CommandId::kStart)->trigger();
  while (window.controller().phase() == workbench::RunPhase::kLoading) {
    QApplication::processEvents(QEventLoop::AllEvents, 10);
  }
  lateness.measure(true);
  const double before = threadSeconds();
  QElapsedTimer wall;
  wall.start();
  while (window.controller().busy()) QApplication::processEvents(QEventLoop::WaitForMoreEvents);
  const double taken =
      (threadSeconds() - before) / (1e-9 * static_cast<double>(wall.nsecsElapsed()));
  lateness.measure(false);
  const auto record = window.record();
  return {record ? paceOf(*record) : 0, taken / allowedProcessors()};
}

}  // namespace

int main(int argc, char** argv) {
  if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  QTemporaryDir folder;
  qputenv("XDG_STATE_HOME", folder.filePath(QStringLiteral("state")).toUtf8());
  qputenv("XDG_CONFIG_HOME", folder.filePath(QStringLiteral("config")).toUtf8());
  const QApplication application(argc, argv);
  const Options options = optionsOf(QApplication::arguments());
  const Experiment experiment = experimentOf(options, folder.path().toStdString());
  (void)trainAlone(experiment);
  Lateness lateness;
  std::vector<double> ratios;
  std::vector<double> shares;
  for (int pair = 0; pair < options.pairs; ++pair) {
    // In turns, so that a machine that slows down favours neither.
    double alone = pair % 2 == 1 ? trainAlone(experiment) : 0;
    const InWindow window = trainInWindow(experiment, lateness);
    if (alone == 0) alone = trainAlone(experiment);
    ratios.push_back(window.pace / alone);
    shares.push_back(window.share);
    fmt::print(
        "pair {}: a step takes {:.1f} ms in the window, {:.1f} ms alone, ratio {:.4f}; the "
        "window's "
        "thread took {:.2f} % of the processors\n",
        pair + 1, 1000 * window.pace, 1000 * alone, ratios.back(), 100 * window.share);
  }
  std::sort(ratios.begin(), ratios.end());
  fmt::print(
      "{}: training in the window against alone, time ratio {:.4f} (median of {} pairs, "
      "{:.4f} to {:.4f})\n",
      experiment.network.name, ratios[ratios.size() / 2], ratios.size(), ratios.front(),
      ratios.back());
  std::sort(shares.begin(), shares.end());
  fmt::print("the window's thread: {:.2f} % of the processors (median), {:.2f} % (most)\n",
             100 * shares[shares.size() / 2], 100 * shares.back());
  fmt::print(
      "event loop: late by {:.2f} ms (median), {:.2f} ms (p99), {:.2f} ms (longest) of {} "
      "looks\n",
      lateness.quantile(0.5), lateness.quantile(0.99), lateness.quantile(1), lateness.count());
}
