// SPDX-License-Identifier: GPL-3.0-or-later
// compare_bench [RUNS [STEPS]]: what it costs to lay many long runs over one another. Each run has
// its own noisy loss; the pane draws them from pyramids of extremes, and for the ratio the same
// lines are drawn from every point. Times are the median of several drawings.
#include <fmt/format.h>

#include <QApplication>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <random>

#include "core/training/step_series.h"
#include "views/common/qcustomplot.h"
#include "views/training_curves/training_curves_view.h"

namespace {

using namespace a2q;

double milliseconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - start;
  return taken.count();
}

double medianOf(int times, const std::function<void()>& work) {
  std::vector<double> all;
  all.reserve(static_cast<std::size_t>(times));
  for (int i = 0; i < times; ++i) all.push_back(milliseconds(work));
  std::sort(all.begin(), all.end());
  return all[all.size() / 2];
}

views::StoryPointer storyOf(std::size_t number, std::size_t steps) {
  constexpr std::size_t kEpochs = 30;
  std::mt19937 random(static_cast<std::uint32_t>(number));
  std::normal_distribution<double> noise;
  auto story = std::make_shared<views::RunStory>();
  story->uuid = story->name = fmt::format("run-{}", number + 1);
  story->steps = ScalarSeries({"epoch", "batch_loss", "batch_score"});
  const std::size_t batches = std::max<std::size_t>(1, steps / kEpochs);
  const double speed = 2 + 3 * std::abs(noise(random));
  for (std::size_t i = 0; i < steps; ++i) {
    const double progress = static_cast<double>(i) / static_cast<double>(steps);
    const double row[] = {std::floor(static_cast<double>(i) / static_cast<double>(batches)) + 1,
                          2.3 * std::exp(-speed * progress) * std::exp(0.3 * noise(random)) + 0.01,
                          1 - 0.9 * std::exp(-speed * progress)};
    story->steps.append(row);
    if ((i + 1) % batches != 0) continue;
    EpochRecord epoch;
    epoch.test_loss = row[1];
    epoch.test_score = row[2];
    story->epochs.push_back(epoch);
  }
  return story;
}

std::vector<views::ComparedRun> runsOf(std::size_t count, std::size_t steps) {
  constexpr int kHues = 360;
  std::vector<views::ComparedRun> runs;
  for (std::size_t i = 0; i < count; ++i) {
    const QColor color = QColor::fromHsv(static_cast<int>(i * 37 % kHues), 200, 200);
    runs.push_back({storyOf(i, steps), color, i == 0});
  }
  return runs;
}

/// The losses again as ordinary graphs of all their points, in a plot of the same size.
double rawMilliseconds(const std::vector<views::ComparedRun>& runs, QSize size) {
  QCustomPlot plot;
  plot.resize(size);
  plot.setPlottingHint(QCP::phFastPolylines);
  plot.setNotAntialiasedElements(QCP::aeAll);
  plot.yAxis->setScaleType(QCPAxis::stLogarithmic);
  for (const views::ComparedRun& run : runs) {
    const auto column = columnOf(run.story->steps, "batch_loss");
    QCPGraph* graph = plot.addGraph();
    graph->setAdaptiveSampling(false);
    graph->setPen(QPen(run.color, 0));
    QVector<double> keys, values;
    for (std::size_t i = 0; i < run.story->steps.rows(); ++i) {
      keys << static_cast<double>(i + 1);
      values << run.story->steps.row(i)[*column];
    }
    graph->setData(keys, values, true);
  }
  plot.rescaleAxes();
  plot.show();
  return milliseconds([&] { plot.replot(QCustomPlot::rpImmediateRefresh); });
}

void measure(const std::vector<views::ComparedRun>& all, std::size_t count) {
  constexpr int kTimes = 9;
  constexpr QSize kSize(1200, 700);
  const std::vector<views::ComparedRun> runs(all.begin(),
                                             all.begin() + static_cast<std::ptrdiff_t>(count));
  views::TrainingCurvesView view;
  view.resize(kSize);
  view.show();
  QCoreApplication::processEvents();
  view.showRun(runs.front().story);
  double longest = 0;
  const double build = milliseconds([&] {
    longest = milliseconds([&] { view.showCompared(runs); });
    while (view.readsRuns()) {
      longest = std::max(longest, milliseconds([] { QCoreApplication::processEvents(); }));
    }
  });
  auto* plot = view.findChild<QCustomPlot*>();
  const double replot = medianOf(kTimes, [&] { plot->replot(QCustomPlot::rpImmediateRefresh); });
  const double raw = rawMilliseconds(runs, kSize);
  fmt::print(
      "{:5} runs of {} steps: read and drawn {:.1f} ms (longest wait {:.1f}), drawn again {:.1f} "
      "ms, "
      "every point {:.0f} ms, {:.1f} times as long\n",
      count, runs.front().story->steps.rows(), build, longest, replot, raw, raw / replot);
}

}  // namespace

int main(int argc, char** argv) {
  constexpr std::size_t kRuns = 1000;
  constexpr std::size_t kSteps = 10'000;
  const QApplication application(argc, argv);
  const std::size_t count = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : kRuns;
  const std::size_t steps = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : kSteps;
  const auto runs = runsOf(std::max<std::size_t>(count, 1), steps);
  for (const std::size_t some : {std::size_t{1}, std::size_t{20}, std::size_t{100}, runs.size()}) {
    if (some <= runs.size()) measure(runs, some);
  }
  return EXIT_SUCCESS;
}
