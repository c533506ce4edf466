// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "views/jobs/job_row.h"

namespace a2q::views {

enum class JobColumn { kWhat, kState, kProgress, kStarted, kTime, kText, kCancel };
inline constexpr int kJobColumns = static_cast<int>(JobColumn::kCancel) + 1;

/// "✓ done", "✗ FAILED", "◌ running", …
[[nodiscard]] QString jobStateText(JobState state);

/// Jobs as a table, the newest first; the last 200 of them.
class JobsModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  static constexpr int kMostJobs = 200;
  /// The share 0..1 of the progress column, where it is known.
  static constexpr int kShareRole = Qt::UserRole;

  using QAbstractTableModel::QAbstractTableModel;

  /// In the order they began.
  void show(std::vector<JobRow> jobs);
  [[nodiscard]] const JobRow& job(int row) const { return jobs_[static_cast<std::size_t>(row)]; }
  [[nodiscard]] int rowOfJob(int id) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                    int role) const override;

 private:
  void dropOld(const std::vector<JobRow>& jobs);
  [[nodiscard]] QString text(const JobRow& job, JobColumn column) const;

  std::vector<JobRow> jobs_;
};

}  // namespace a2q::views
