// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <functional>
#include <vector>

#include "views/jobs/job_row.h"

namespace a2q::workbench {

using views::JobState;

/// What runs, waits and has ended, for the GUI thread alone: workers report through their
/// mailboxes. Keeps the jobs that have not ended and the last 200.
class JobList : public QObject {
  Q_OBJECT

 public:
  static constexpr std::size_t kMostJobs = 200;

  explicit JobList(QObject* parent = nullptr);

  /// A job that runs; `cancel` asks it to end, and may be null when it cannot.
  int begin(const QString& what, std::function<void()> cancel);
  /// One that waits for another; progress() starts it.
  int enqueue(const QString& what, std::function<void()> cancel);
  /// How far it is, 0..1, where that is known, and what it does.
  void progress(int id, std::optional<double> share, const QString& text = {});
  /// How it ended, and what came of it. Unknown or ended jobs are left as they are.
  void end(int id, views::JobState state, const QString& text);
  /// Asks a job to end; it ends by end().
  void cancel(int id);

  /// In the order they began, times as of now.
  [[nodiscard]] std::vector<views::JobRow> rows() const;
  [[nodiscard]] int runningCount() const;

 Q_SIGNALS:
  /// At most ten times a second, and once a second while a job runs.
  void changed();

 private:
  struct Job {
    views::JobRow row;
    std::function<void()> cancel;
    QElapsedTimer clock;
  };
  int add(const QString& what, std::function<void()> cancel, views::JobState state);
  [[nodiscard]] Job* find(int id);
  void forgetOld();
  void touch();
  void tell();

  std::vector<Job> jobs_;
  int last_id_ = 0;
  QTimer soon_;
  QTimer second_;
  QElapsedTimer told_;
};

}  // namespace a2q::workbench
