// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>
#include <filesystem>

#include "app/workbench/command/commands.h"
#include "app/workbench/project/document.h"
#include "app/workbench/run/run_controller.h"

class QDockWidget;

namespace a2q::views {
class CertificateView;
class InvitationView;
class L1BudgetView;
class LogView;
class RunsView;
class TrainingCurvesView;
}  // namespace a2q::views

namespace a2q::workbench {

class Autosave;
class ProjectFlow;
class StatusStrip;
class TelemetryPump;

/// The window: one document, its run, and the panes that watch it.
class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  explicit MainWindow(QWidget* parent = nullptr);

  /// Opens a project or a specification; an error is shown and leaves everything as it was.
  void openFile(const std::filesystem::path& path);
  /// Takes an experiment made elsewhere; ignored while a run goes.
  void setExperiment(const Experiment& experiment, const QString& source);
  /// Writes the last run into a folder, and asks before anything there is replaced.
  void saveTo(const std::filesystem::path& folder);
  /// Writes the project into a file, which is open from then on.
  void saveProjectTo(const std::filesystem::path& path);
  /// Offers the work that a session left behind, if there is any.
  void offerRecovery();

  [[nodiscard]] const CommandSet& commands() const { return *commands_; }
  [[nodiscard]] const Document& document() const { return document_; }
  [[nodiscard]] Autosave& autosave() const { return *autosave_; }
  [[nodiscard]] const RunController& controller() const { return *controller_; }

 protected:
  void showEvent(QShowEvent* event) override;
  void closeEvent(QCloseEvent* event) override;

 private:
  // main_window_layout.cpp
  void createPanes();
  void createMenus();
  void createToolBar();
  QDockWidget* createDock(const QString& title, const QString& name, QWidget* content);
  void resetLayout();

  // main_window_run.cpp
  void connectRun();
  void startRun();
  void concludeRun(const RecordPointer& record);
  void reportFailure(const Error& error);
  void askAndSave();
  void reportUnsaved(const std::filesystem::path& folder, const Error& error);

  void connectProject();
  void execute(CommandId id);
  void askAndOpen();
  void makeProject();
  void documentChanged();
  /// Title and runs, as the project is now.
  void projectChanged();
  void updateCommands();
  void closeWhenIdle();
  void stopAndClose();

  Document document_;
  RunController* controller_ = nullptr;
  CommandSet* commands_ = nullptr;
  views::InvitationView* invitation_ = nullptr;
  views::L1BudgetView* budget_ = nullptr;
  views::TrainingCurvesView* curves_ = nullptr;
  views::CertificateView* certificate_ = nullptr;
  views::RunsView* runs_ = nullptr;
  views::LogView* log_ = nullptr;
  QDockWidget* curves_dock_ = nullptr;
  QDockWidget* certificate_dock_ = nullptr;
  QDockWidget* runs_dock_ = nullptr;
  QDockWidget* log_dock_ = nullptr;
  StatusStrip* status_ = nullptr;
  ProjectFlow* flow_ = nullptr;
  Autosave* autosave_ = nullptr;
  TelemetryPump* pump_ = nullptr;
  QString backend_;
  bool closing_ = false;
  bool settled_ = false;  ///< the person said what becomes of unsaved work
};

}  // namespace a2q::workbench
