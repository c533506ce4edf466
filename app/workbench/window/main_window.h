// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>
#include <filesystem>

#include "app/workbench/command/commands.h"
#include "app/workbench/dialogs/messages.h"
#include "app/workbench/project/document.h"
#include "app/workbench/run/run_controller.h"
#include "app/workbench/settings/settings.h"
#include "app/workbench/window/pane_set.h"

class QStackedWidget;

namespace a2q::views {
class WelcomeView;
}

namespace a2q::workbench {

class Autosave;
class CheckController;
class CompareController;
class FlowController;
class HardwareController;
class HelpWindow;
class JobList;
class LayerController;
class PaneDesk;
class ProjectFlow;
class RecentMenu;
class RunFeed;
class RunToolBar;
class StatusStrip;
class SynthesisController;

/// The window: one document, its runs, and the panes that watch them.
class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  explicit MainWindow(QWidget* parent = nullptr);
  ~MainWindow() override;

  /// Opens a project, a specification or a folder of data; an error is shown and leaves everything
  /// as it was.
  void openFile(const std::filesystem::path& path);
  /// A new project around an experiment made elsewhere; ignored while a run goes.
  void setExperiment(const Experiment& experiment, const QString& source);
  /// Changes the specification as one step of undo.
  void edit(const Experiment& experiment, const QString& what);
  /// Writes the run that is shown into a folder, and asks before anything there is replaced.
  void saveTo(const std::filesystem::path& folder);
  /// Writes the project into a file, which is open from then on.
  void saveProjectTo(const std::filesystem::path& path);
  /// Offers the work that a session left behind, if there is any.
  void offerRecovery();

  [[nodiscard]] const CommandSet& commands() const { return *commands_; }
  [[nodiscard]] const Document& document() const { return document_; }
  [[nodiscard]] Autosave& autosave() const { return *autosave_; }
  [[nodiscard]] const RunController& controller() const { return *controller_; }
  [[nodiscard]] const PaneSet& panes() const { return panes_; }
  [[nodiscard]] PaneDesk& desk() const { return *desk_; }
  [[nodiscard]] const HardwareController& hardware() const { return *hardware_; }
  [[nodiscard]] const SynthesisController& synthesis() const { return *synthesis_; }
  [[nodiscard]] const Settings& settings() const { return settings_; }
  /// How the run that is shown ended; null while it trains, and for a plan.
  [[nodiscard]] RecordPointer record() const;

 protected:
  void closeEvent(QCloseEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  // main_window_layout.cpp
  void createMenus();
  void createToolBar();
  void restoreLook();
  void rememberLook();
  void showDesk(bool on);

  // main_window_commands.cpp
  void execute(CommandId id);
  void executeView(CommandId id);
  void executeHelp(CommandId id);
  void updateCommands();
  void updateRunCommands();
  void openPalette();
  void openHelp();
  void editShortcuts();
  void choosePreferences();
  void applySettings();
  void copyLine(const QString& line);
  void copyRunCommand(const QString& uuid);

  // main_window_run.cpp
  void connectRun();
  void startRun();
  void train(const RunRequest& request);
  void continueRun();
  void abortRun();
  void concludeRun(const RecordPointer& record);
  void reportFailure(const Error& error);
  void reportFailedSynthesis(const Error& error);
  void showErrorSoon(const Error& error);
  [[nodiscard]] std::vector<RemedyAction> remediesFor(const Error& error);
  void askAndSave();
  void reportUnsaved(const std::filesystem::path& folder, const Error& error);
  void showProgress();
  void showMeasures();

  void connectProject();
  void connectPanes();
  void askAndOpen();
  void makeProject();
  void openTemplate(const std::string& name);
  void openSampleAndTrain();
  void useDataFolder(const std::filesystem::path& folder);
  void documentReplaced();
  void experimentChanged();
  void showPlan();
  /// Title, runs and checklist, as the project is now.
  void projectChanged();
  void showTitle();
  void showLiveRun();
  void closeWhenIdle();
  void stopAndClose();

  Settings settings_;
  Document document_;
  views::Selection selection_;
  RunController* controller_ = nullptr;
  CommandSet* commands_ = nullptr;
  RunFeed* feed_ = nullptr;
  JobList* jobs_ = nullptr;
  QStackedWidget* stack_ = nullptr;
  views::WelcomeView* welcome_ = nullptr;
  PaneDesk* desk_ = nullptr;
  PaneSet panes_;
  StatusStrip* status_ = nullptr;
  ProjectFlow* flow_ = nullptr;
  Autosave* autosave_ = nullptr;
  CompareController* compare_ = nullptr;
  CheckController* checks_ = nullptr;
  LayerController* layers_ = nullptr;
  HardwareController* hardware_ = nullptr;
  SynthesisController* synthesis_ = nullptr;
  FlowController* checklist_ = nullptr;
  HelpWindow* help_ = nullptr;
  RecentMenu* recent_ = nullptr;
  RunToolBar* run_bar_ = nullptr;
  QString backend_;
  int training_job_ = 0;
  std::size_t epochs_told_ = 0;  ///< in the log, of the run that trains
  std::size_t notes_told_ = 0;
  bool closing_ = false;
  bool settled_ = false;  ///< the person said what becomes of unsaved work
};

}  // namespace a2q::workbench
