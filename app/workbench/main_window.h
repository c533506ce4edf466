// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>
#include <filesystem>

#include "app/workbench/commands.h"
#include "app/workbench/document.h"
#include "app/workbench/run_controller.h"

class QDockWidget;

namespace a2q::views {
class CertificateView;
class InvitationView;
class L1BudgetView;
class LogView;
class TrainingCurvesView;
}  // namespace a2q::views

namespace a2q::workbench {

class StatusStrip;
class TelemetryPump;

/// The window: one document, its run, and the panes that watch it.
class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  explicit MainWindow(QWidget* parent = nullptr);

  /// Opens a specification; an error is shown and leaves everything as it was.
  void openFile(const std::filesystem::path& path);
  /// Takes an experiment made elsewhere; ignored while a run goes.
  void setExperiment(const Experiment& experiment, const QString& source);
  /// Writes the last run into a folder, and asks before anything there is replaced.
  void saveTo(const std::filesystem::path& folder);

  [[nodiscard]] const CommandSet& commands() const { return *commands_; }
  [[nodiscard]] const Document& document() const { return document_; }
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

  void connectRun();
  void execute(CommandId id);
  void askAndOpen();
  void askAndSave();
  void startRun();
  void documentChanged();
  void updateCommands();
  void concludeRun(const RecordPointer& record);
  void reportFailure(const Error& error);
  void reportUnsaved(const std::filesystem::path& folder, const Error& error);
  void closeWhenIdle();

  Document document_;
  RunController* controller_ = nullptr;
  CommandSet* commands_ = nullptr;
  views::InvitationView* invitation_ = nullptr;
  views::L1BudgetView* budget_ = nullptr;
  views::TrainingCurvesView* curves_ = nullptr;
  views::CertificateView* certificate_ = nullptr;
  views::LogView* log_ = nullptr;
  QDockWidget* curves_dock_ = nullptr;
  QDockWidget* certificate_dock_ = nullptr;
  QDockWidget* log_dock_ = nullptr;
  StatusStrip* status_ = nullptr;
  TelemetryPump* pump_ = nullptr;
  QString backend_;
  bool closing_ = false;
};

}  // namespace a2q::workbench
