// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/runs_view.h"

#include <QHeaderView>
#include <QTableWidget>
#include <QVBoxLayout>

#include "core/training/checkpoint.h"
#include "views/common/number_text.h"

namespace a2q::views {
namespace {

QString stateText(ProjectRunState state, Trained trained) {
  switch (state) {
    case ProjectRunState::kTraining:
      return trained == Trained::kNow ? RunsView::tr("training") : RunsView::tr("interrupted");
    case ProjectRunState::kFinished: return RunsView::tr("finished");
    case ProjectRunState::kStopped: return RunsView::tr("stopped");
    case ProjectRunState::kDiverged: return RunsView::tr("diverged");
    case ProjectRunState::kOutOfMemory: return RunsView::tr("out of memory");
  }
  return {};
}

QString scoreText(const ProjectRun& run) {
  const EpochRecord* const best = bestEpoch(run.epochs);
  if (best == nullptr) return QStringLiteral("–");
  return run.metric == Metric::kAccuracy ? percentText(best->test_score)
                                         : RunsView::tr("%1 dB").arg(best->test_score, 0, 'f', 2);
}

QString safeText(const std::optional<bool>& safe) {
  if (!safe) return QStringLiteral("–");
  return *safe ? RunsView::tr("yes") : RunsView::tr("no");
}

}  // namespace

RunsView::RunsView(QWidget* parent) : QWidget(parent), table_(new QTableWidget) {
  setObjectName(QStringLiteral("runs"));
  setAccessibleName(tr("Runs"));
  const QStringList titles{tr("Run"),        tr("State"), tr("Epochs"),
                           tr("Best score"), tr("Safe"),  tr("Time")};
  table_->setColumnCount(static_cast<int>(titles.size()));
  table_->setHorizontalHeaderLabels(titles);
  table_->setAccessibleName(tr("Runs of the project, a run a row"));
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setAlternatingRowColors(true);
  table_->setTabKeyNavigation(false);
  table_->verticalHeader()->hide();
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 6, 8, 6);
  column->addWidget(table_);
}

void RunsView::showRuns(const std::vector<ProjectRun>& runs, Trained trained) {
  table_->setRowCount(static_cast<int>(runs.size()));
  for (int row = 0; row < table_->rowCount(); ++row) {
    const ProjectRun& run = runs[static_cast<std::size_t>(row)];
    const QStringList cells{QString::fromStdString(run.name),
                            stateText(run.state, trained),
                            QString::number(run.epochs.size()),
                            scoreText(run),
                            safeText(run.safe),
                            durationText(run.seconds)};
    for (int i = 0; i < table_->columnCount(); ++i) {
      table_->setItem(row, i, new QTableWidgetItem(cells[i]));
    }
  }
  table_->resizeColumnsToContents();
}

int RunsView::runCount() const { return table_->rowCount(); }

QString RunsView::text(int row, int column) const {
  const QTableWidgetItem* const item = table_->item(row, column);
  return item == nullptr ? QString() : item->text();
}

}  // namespace a2q::views
