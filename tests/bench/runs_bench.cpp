// SPDX-License-Identifier: GPL-3.0-or-later
// The table of runs with 1,000 of them, 50 specifications, 30 epochs each.
#include <fmt/format.h>

#include <QApplication>
#include <QElapsedTimer>
#include <algorithm>

#include "tests/gui/run_rows.h"
#include "views/runs/runs_table.h"
#include "views/runs/runs_view.h"

namespace {

using namespace a2q;
using views::RunColumn;

std::vector<ProjectRun> manyRuns() {
  std::vector<std::string> texts;
  texts.reserve(50);
  for (int i = 0; i < 50; ++i) {
    texts.push_back(
        testing::specificationWith({{"quant.accumulator_bits", std::to_string(10 + i % 10)},
                                    {"training.epochs", std::to_string(1 + i / 10)}}));
  }
  std::vector<ProjectRun> runs;
  runs.reserve(1000);
  for (int i = 0; i < 1000; ++i) {
    runs.push_back(testing::runWith(i + 1, 0.5 + 0.4 * (i * 7919 % 1000) / 1000,
                                    texts[static_cast<std::size_t>(i) % texts.size()], 30));
  }
  return runs;
}

template <class Work>
void measure(const char* what, Work work) {
  QElapsedTimer clock;
  clock.start();
  work();
  QCoreApplication::processEvents();
  fmt::print("{:40} {:7.2f} ms\n", what, static_cast<double>(clock.nsecsElapsed()) / 1e6);
}

/// Turns of the event loop until all is read; the longest of them.
void readSettings(views::RunsView& view) {
  qint64 longest = 0;
  QElapsedTimer whole;
  whole.start();
  while (!view.model().reader().complete()) {
    QElapsedTimer turn;
    turn.start();
    QCoreApplication::processEvents();
    longest = std::max(longest, turn.nsecsElapsed());
  }
  fmt::print("{:40} {:7.2f} ms, longest turn {:.2f} ms\n", "read 50 specifications",
             static_cast<double>(whole.nsecsElapsed()) / 1e6, static_cast<double>(longest) / 1e6);
}

}  // namespace

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication app(argc, argv);
  auto runs = manyRuns();
  views::RunsView view;
  view.resize(1400, 300);
  view.show();
  QCoreApplication::processEvents();
  measure("show 1,000 runs", [&] { view.showRuns(runs, views::Trained::kByNobody); });
  readSettings(view);
  const auto sort = [&](RunColumn column) {
    view.table().sortByColumn(static_cast<int>(column), Qt::DescendingOrder);
  };
  measure("sort by score", [&] { sort(RunColumn::kScore); });
  measure("sort by name", [&] { sort(RunColumn::kName); });
  measure("filter P<=14", [&] { view.setFilter(QStringLiteral("P<=14")); });
  measure("clear the filter", [&] { view.setFilter({}); });
  measure("differing settings", [&] { view.setSettingColumns(views::SettingColumns::kDiffering); });
  measure("show again, nothing changed", [&] { view.showRuns(runs, views::Trained::kByNobody); });
  runs[500].epochs.push_back(runs[500].epochs.back());
  measure("one run trains", [&] { view.updateRun(runs[500], views::Trained::kByNobody); });
  measure("mark a baseline", [&] { view.model().toggleBaseline(3); });
  return 0;
}
