// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/jobs/jobs_model.h"

#include <algorithm>
#include <utility>

#include "views/common/number_text.h"
#include "views/common/plain_tip.h"

namespace a2q::views {

QString jobStateText(JobState state) {
  switch (state) {
    case JobState::kWaiting: return JobsModel::tr("… waiting");
    case JobState::kRunning: return JobsModel::tr("◌ running");
    case JobState::kDone: return JobsModel::tr("✓ done");
    case JobState::kFailed: return JobsModel::tr("✗ FAILED");
    case JobState::kCancelled: return JobsModel::tr("■ cancelled");
  }
  return {};
}

void JobsModel::show(std::vector<JobRow> jobs) {
  std::ranges::reverse(jobs);
  if (jobs.size() > kMostJobs) jobs.resize(kMostJobs);
  dropOld(jobs);
  const auto fresh = static_cast<int>(jobs.size() - jobs_.size());
  if (fresh > 0) {
    beginInsertRows({}, 0, fresh - 1);
    jobs_.insert(jobs_.begin(), jobs.begin(), jobs.begin() + fresh);
    endInsertRows();
  }
  for (int row = fresh; row < rowCount(); ++row) {
    JobRow& shown = jobs_[static_cast<std::size_t>(row)];
    JobRow& next = jobs[static_cast<std::size_t>(row)];
    if (shown == next) continue;
    shown = std::move(next);
    Q_EMIT dataChanged(index(row, 0), index(row, kJobColumns - 1));
  }
}

/// Takes out what the new list no longer has, so that it begins with new jobs and goes on alike.
void JobsModel::dropOld(const std::vector<JobRow>& jobs) {
  for (int row = rowCount() - 1; row >= 0; --row) {
    if (std::ranges::find(jobs, job(row).id, &JobRow::id) != jobs.end()) continue;
    beginRemoveRows({}, row, row);
    jobs_.erase(jobs_.begin() + row);
    endRemoveRows();
  }
}

int JobsModel::rowOfJob(int id) const {
  const auto found = std::ranges::find(jobs_, id, &JobRow::id);
  return found == jobs_.end() ? -1 : static_cast<int>(found - jobs_.begin());
}

int JobsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(jobs_.size());
}

int JobsModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kJobColumns;
}

QString JobsModel::text(const JobRow& job, JobColumn column) const {
  constexpr int kPercent = 100;
  switch (column) {
    case JobColumn::kWhat: return job.what;
    case JobColumn::kState: return jobStateText(job.state);
    case JobColumn::kProgress:
      if (job.state != JobState::kRunning) return {};
      return job.progress ? tr("%1 %").arg(static_cast<int>(*job.progress * kPercent)) : tr("…");
    case JobColumn::kStarted: return job.started.toString(QStringLiteral("HH:mm:ss"));
    case JobColumn::kTime:
      return job.state == JobState::kWaiting ? QString() : durationText(job.seconds);
    case JobColumn::kText: return job.text;
    case JobColumn::kCancel: break;
  }
  return {};
}

QVariant JobsModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const JobRow& row = job(index.row());
  const auto column = static_cast<JobColumn>(index.column());
  switch (role) {
    case Qt::DisplayRole: return text(row, column);
    case Qt::ToolTipRole:
      return column == JobColumn::kText
                 ? plainTip(row.text)
                 : row.started.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    case kShareRole:
      if (column != JobColumn::kProgress || row.state != JobState::kRunning || !row.progress) {
        return {};
      }
      return *row.progress;
    case Qt::TextAlignmentRole:
      return QVariant::fromValue(Qt::AlignVCenter |
                                 (column == JobColumn::kTime ? Qt::AlignRight : Qt::AlignLeft));
    default: return {};
  }
}

QVariant JobsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (static_cast<JobColumn>(section)) {
    case JobColumn::kWhat: return tr("Job");
    case JobColumn::kState: return tr("State");
    case JobColumn::kProgress: return tr("Progress");
    case JobColumn::kStarted: return tr("Started");
    case JobColumn::kTime: return tr("Time");
    case JobColumn::kText: return tr("Result");
    case JobColumn::kCancel: return QString();
  }
  return {};
}

}  // namespace a2q::views
