// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "core/project/project.h"
#include "views/runs/run_row.h"
#include "views/runs/runs_model.h"

class QLabel;
class QLineEdit;
class QStackedWidget;
class QToolButton;

namespace a2q::views {

class RunsProxy;
class RunsTable;

/// The runs of a project, a row each: filtered, sorted, compared with a baseline.
class RunsView : public QWidget {
  Q_OBJECT

 public:
  explicit RunsView(QWidget* parent = nullptr);

  void showRuns(const std::vector<ProjectRun>& runs, Trained trained);
  /// One run that trains: its row changes, the choice and the order of columns stay.
  void updateRun(const ProjectRun& run, Trained trained);
  /// The run that the panes show; empty: none.
  void setShown(const QString& uuid);
  void setFilter(const QString& text);
  void setSettingColumns(SettingColumns columns);

  [[nodiscard]] int runCount() const;
  /// Rows that the filter lets through.
  [[nodiscard]] int shownCount() const;
  /// What a cell shows; rows as they are sorted.
  [[nodiscard]] QString text(int row, RunColumn column) const;
  /// Why the filter cannot be read; empty when it can.
  [[nodiscard]] QString filterError() const;
  /// What is shown, as CSV.
  [[nodiscard]] QString csvText() const;
  [[nodiscard]] RunsModel& model() { return *model_; }
  [[nodiscard]] RunsTable& table() { return *table_; }

 Q_SIGNALS:
  /// A person wants to see this run in the panes.
  void runActivated(const QString& uuid);
  /// Other runs, or in another way, beside it.
  void comparedChanged(const std::vector<a2q::views::ComparedChoice>& runs);
  /// A person wants the command that trains such a run.
  void copyCommandWanted(const QString& uuid);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  QWidget* makeFilterLine();
  void applyFilter();
  void countRows();
  void showMenu(const QPoint& place);
  void askAndExport();
  void takePalette();

  RunsModel* model_ = nullptr;
  RunsProxy* proxy_ = nullptr;
  RunsTable* table_ = nullptr;
  QLineEdit* filter_ = nullptr;
  QLabel* error_ = nullptr;
  QLabel* count_ = nullptr;
  QLabel* empty_ = nullptr;
  QToolButton* settings_ = nullptr;
  QStackedWidget* stack_ = nullptr;
};

}  // namespace a2q::views
