// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <memory>
#include <vector>

#include "app/workbench/run/run_controller.h"
#include "core/integer/check_run.h"

namespace a2q::views {
class ChecksView;
}

namespace a2q::workbench {

class JobList;
class RunFeed;

/// Runs the checks of the run that is shown, on the compute lane, and shows how they stand.
class CheckController : public QObject {
  Q_OBJECT

 public:
  CheckController(RunController& controller, RunFeed& feed, views::ChecksView& view, JobList& jobs,
                  QObject* parent);

  /// Ignored while the lane is busy, or when the run that is shown has not ended.
  void run();

  /// Of the run that is shown.
  [[nodiscard]] const std::vector<CheckResult>& results() const { return results_; }

 Q_SIGNALS:
  void changed();

 private:
  void shownChanged();
  void pull();
  void show();
  void conclude(const RecordPointer& record, Status end, std::vector<CheckResult> results);

  RunController& controller_;
  RunFeed& feed_;
  views::ChecksView& view_;
  JobList& jobs_;
  RecordPointer judged_;  ///< what the results are about
  std::vector<CheckResult> results_;
  std::shared_ptr<Mailbox<std::vector<CheckResult>>> news_;
  int job_ = 0;
};

}  // namespace a2q::workbench
