// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStackedWidget>
#include <vector>

#include "views/jobs/job_row.h"

class QTableView;

namespace a2q::views {

class JobsModel;

/// What runs, waits and has ended: the newest first, with a button to cancel what still can be.
class JobsView : public QStackedWidget {
  Q_OBJECT

 public:
  explicit JobsView(QWidget* parent = nullptr);

  /// In the order they began.
  void showJobs(std::vector<JobRow> jobs);
  [[nodiscard]] JobsModel& model() { return *model_; }

 Q_SIGNALS:
  void cancelWanted(int id);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void placeButtons();
  void cancelCurrent();

  JobsModel* model_ = nullptr;
  QTableView* table_ = nullptr;
};

}  // namespace a2q::views
