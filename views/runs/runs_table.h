// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>
#include <vector>

#include "views/runs/runs_proxy.h"

namespace a2q::views {

/// The table of runs with its keys: Space compares, Enter shows, B marks the baseline, Ctrl+C
/// copies the rows chosen.
class RunsTable : public QTableView {
  Q_OBJECT

 public:
  RunsTable(RunsModel& model, RunsProxy& proxy, QWidget* parent = nullptr);

  /// Rows of the model that are chosen, in the order shown.
  [[nodiscard]] std::vector<int> chosenRows() const;
  /// The row of the model under the cursor; −1: none.
  [[nodiscard]] int currentRow() const;
  /// What is shown, as CSV with a heading line: every row, or those given as rows of the proxy.
  [[nodiscard]] QString csvText() const;

  void toggleChosen();
  void toggleBaseline();
  void activateCurrent();
  /// Columns as wide as what is visible in them.
  void fitColumns();

 Q_SIGNALS:
  void runActivated(const QString& uuid);

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  [[nodiscard]] QStringList cells(int row) const;
  void copyChosen() const;

  RunsModel& model_;
  RunsProxy& proxy_;
};

}  // namespace a2q::views
