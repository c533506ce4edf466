// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "core/project/project.h"

class QTableWidget;

namespace a2q::views {

/// Whether a run that is said to train is trained by somebody, or was interrupted.
enum class Trained { kNow, kByNobody };

/// The runs of a project, a row each.
class RunsView : public QWidget {
  Q_OBJECT

 public:
  explicit RunsView(QWidget* parent = nullptr);

  void showRuns(const std::vector<ProjectRun>& runs, Trained trained);
  [[nodiscard]] int runCount() const;
  /// What a cell shows.
  [[nodiscard]] QString text(int row, int column) const;

 private:
  QTableWidget* table_ = nullptr;
};

}  // namespace a2q::views
