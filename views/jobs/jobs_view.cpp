// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/jobs/jobs_view.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <utility>

#include "views/jobs/job_delegate.h"
#include "views/jobs/jobs_model.h"

namespace a2q::views {
namespace {

constexpr int kCancelColumn = static_cast<int>(JobColumn::kCancel);

bool canCancel(const JobRow& job) { return job.cancellable && !hasEnded(job.state); }

}  // namespace

JobsView::JobsView(QWidget* parent)
    : QStackedWidget(parent), model_(new JobsModel(this)), table_(new QTableView) {
  constexpr QSize kSmallest(300, 110);
  setMinimumSize(kSmallest);
  setObjectName(QStringLiteral("jobs"));
  setAccessibleName(tr("Jobs"));
  table_->setModel(model_);
  table_->setItemDelegateForColumn(static_cast<int>(JobColumn::kProgress), new JobDelegate(table_));
  table_->setAccessibleName(tr("Jobs, the newest first"));
  table_->setAccessibleDescription(tr("Delete cancels the job chosen"));
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setAlternatingRowColors(true);
  table_->setTabKeyNavigation(false);
  table_->setWordWrap(false);
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  constexpr int kRowRoom = 12;
  table_->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + kRowRoom);
  QHeaderView& header = *table_->horizontalHeader();
  header.setHighlightSections(false);
  header.setSectionResizeMode(static_cast<int>(JobColumn::kText), QHeaderView::Stretch);
  const auto wide = [&](JobColumn column, int letters) {
    table_->setColumnWidth(static_cast<int>(column), letters * fontMetrics().averageCharWidth());
  };
  wide(JobColumn::kWhat, 36);
  wide(JobColumn::kState, 16);
  wide(JobColumn::kProgress, 20);
  wide(JobColumn::kStarted, 14);
  wide(JobColumn::kTime, 14);
  wide(JobColumn::kCancel, 14);
  table_->installEventFilter(this);
  auto* empty =
      new QLabel(tr("No jobs yet. Trainings, checks and exports appear here, with their "
                    "progress and a button to cancel them."));
  empty->setAlignment(Qt::AlignCenter);
  empty->setWordWrap(true);
  addWidget(empty);
  addWidget(table_);
}

void JobsView::showJobs(std::vector<JobRow> jobs) {
  setCurrentIndex(jobs.empty() ? 0 : 1);
  model_->show(std::move(jobs));
  placeButtons();
}

void JobsView::placeButtons() {
  for (int row = 0; row < model_->rowCount(); ++row) {
    const QModelIndex place = model_->index(row, kCancelColumn);
    const JobRow& job = model_->job(row);
    const bool wanted = canCancel(job);
    if (wanted == (table_->indexWidget(place) != nullptr)) continue;
    if (!wanted) {
      table_->setIndexWidget(place, nullptr);
      continue;
    }
    auto* button = new QPushButton(tr("Cancel"));
    button->setAccessibleName(tr("Cancel %1").arg(job.what));
    button->setToolTip(tr("Ends at the next point where nothing is lost (Delete)"));
    connect(button, &QPushButton::clicked, this, [this, id = job.id] { Q_EMIT cancelWanted(id); });
    table_->setIndexWidget(place, button);
  }
}

void JobsView::cancelCurrent() {
  const QModelIndex current = table_->currentIndex();
  if (!current.isValid()) return;
  const JobRow& job = model_->job(current.row());
  if (canCancel(job)) Q_EMIT cancelWanted(job.id);
}

bool JobsView::eventFilter(QObject* watched, QEvent* event) {
  if (watched == table_ && event->type() == QEvent::KeyPress &&
      static_cast<QKeyEvent*>(event)->key() == Qt::Key_Delete) {
    cancelCurrent();
    return true;
  }
  return QStackedWidget::eventFilter(watched, event);
}

}  // namespace a2q::views
