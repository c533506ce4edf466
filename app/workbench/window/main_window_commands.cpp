// SPDX-License-Identifier: GPL-3.0-or-later
// The part of MainWindow that does what a command says, and says why one cannot be had.
#include <QApplication>
#include <QClipboard>
#include <QDockWidget>

#include "app/workbench/command/command_palette.h"
#include "app/workbench/command/recent_menu.h"
#include "app/workbench/command/shortcut_editor.h"
#include "app/workbench/dialogs/diagnose_dialog.h"
#include "app/workbench/dialogs/help_pages.h"
#include "app/workbench/dialogs/help_window.h"
#include "app/workbench/dialogs/messages.h"
#include "app/workbench/hardware/synthesis_controller.h"
#include "app/workbench/project/project_flow.h"
#include "app/workbench/run/check_controller.h"
#include "app/workbench/run/compare_controller.h"
#include "app/workbench/run/run_feed.h"
#include "app/workbench/settings/preferences_dialog.h"
#include "app/workbench/window/command_line_text.h"
#include "app/workbench/window/main_window.h"
#include "app/workbench/window/pane_desk.h"
#include "views/log/log_view.h"

namespace a2q::workbench {

void MainWindow::execute(CommandId id) {
  switch (id) {
    case CommandId::kNew: return makeProject();
    case CommandId::kOpen: return askAndOpen();
    case CommandId::kOpenSample: return openSampleAndTrain();
    case CommandId::kSaveProject: return flow_->save();
    case CommandId::kSaveProjectAs: return flow_->askAndSaveAs();
    case CommandId::kSave: return askAndSave();
    case CommandId::kCloseProject:
      return flow_->whenSettled([this] {
        document_.openSample();
        showDesk(false);
      });
    case CommandId::kQuit: close(); return;
    case CommandId::kUndo: return document_.undoStack().undo();
    case CommandId::kRedo: return document_.undoStack().redo();
    case CommandId::kCopyAsCommand:
      return copyLine(trainCommand(document_, document_.experiment(), settings_.compute()));
    case CommandId::kPreferences: return choosePreferences();
    case CommandId::kStart: return startRun();
    case CommandId::kContinue: return continueRun();
    case CommandId::kPause: return controller_->togglePause();
    case CommandId::kStop: return controller_->stop();
    case CommandId::kAbort: return abortRun();
    case CommandId::kCheck: return checks_->run();
    default: return executeView(id);
  }
}

void MainWindow::executeView(CommandId id) {
  const auto layout = [this](DeskLayout wanted) {
    showDesk(true);
    desk_->showLayout(wanted);
  };
  switch (id) {
    case CommandId::kEstimate: showDesk(true); return desk_->showPane(QStringLiteral("resources"));
    case CommandId::kSynthesise:
      showDesk(true);
      desk_->showPane(QStringLiteral("resources"));
      return synthesis_->start();
    case CommandId::kPalette: return openPalette();
    case CommandId::kLayoutTrain: return layout(DeskLayout::kTrain);
    case CommandId::kLayoutAnalyse: return layout(DeskLayout::kAnalyse);
    case CommandId::kLayoutCompare: return layout(DeskLayout::kCompare);
    case CommandId::kLayoutHardware: return layout(DeskLayout::kHardware);
    case CommandId::kResetLayout: return desk_->resetLayout();
    case CommandId::kNextPane: return desk_->cyclePanes(1);
    case CommandId::kPreviousPane: return desk_->cyclePanes(-1);
    case CommandId::kFullScreen: return setWindowState(windowState() ^ Qt::WindowFullScreen);
    case CommandId::kThemeSystem: return settings_.setTheme(Theme::kSystem);
    case CommandId::kThemeLight: return settings_.setTheme(Theme::kLight);
    case CommandId::kThemeDark: return settings_.setTheme(Theme::kDark);
    default: return executeHelp(id);
  }
}

void MainWindow::executeHelp(CommandId id) {
  switch (id) {
    case CommandId::kHelp: return openHelp();
    case CommandId::kShortcuts: return editShortcuts();
    case CommandId::kDiagnose: {
      auto* dialog = new DiagnoseDialog(this);
      dialog->setAttribute(Qt::WA_DeleteOnClose);
      return dialog->open();
    }
    case CommandId::kAbout: return showAbout(this, backend_);
    default: return;
  }
}

void MainWindow::openHelp() {
  const QString heading = helpHeadingFor(QApplication::focusWidget());
  if (help_ == nullptr) help_ = new HelpWindow(commands_->shortcutTable(), this);
  help_->setShortcuts(commands_->shortcutTable());
  help_->showPane(heading);
  help_->show();
  help_->raise();
  help_->activateWindow();
}

void MainWindow::editShortcuts() {
  ShortcutEditor editor(*commands_, this);
  if (editor.exec() == QDialog::Accepted) settings_.setShortcuts(commands_->changedShortcuts());
}

void MainWindow::choosePreferences() {
  PreferencesDialog dialog(settings_, this);
  connect(&dialog, &PreferencesDialog::shortcutsWanted, this, &MainWindow::editShortcuts);
  dialog.exec();
}

void MainWindow::openPalette() {
  std::vector<PaletteEntry> more;
  for (const QDockWidget* dock : desk_->docks()) {
    const QString id = dock->objectName().chopped(QStringLiteral("_dock").size());
    more.push_back({.text = tr("Show pane %1").arg(dock->windowTitle()),
                    .category = tr("Pane"),
                    .run = [this, id] {
                      showDesk(true);
                      desk_->showPane(id);
                    }});
  }
  for (const LayerSpec& layer : document_.experiment().network.layers) {
    const QString name = QString::fromStdString(layer.name);
    more.push_back({.text = tr("Go to layer %1").arg(name),
                    .category = tr("Layer"),
                    .run = [this, name] { selection_.selectLayer(name); }});
  }
  CommandPalette::popUp(*commands_, std::move(more), this);
}

void MainWindow::copyLine(const QString& line) {
  QApplication::clipboard()->setText(line);
  panes_.log->addLine(tr("Copied: %1").arg(line));
}

void MainWindow::copyRunCommand(const QString& uuid) {
  const ProjectPointer saved = document_.project()->saved();
  if (!saved) return;
  for (const ProjectRun& run : saved->runs) {
    if (run.uuid != uuid.toStdString()) continue;
    const auto experiment = parseExperiment(run.specification, run.name);
    if (!experiment) return showError(this, experiment.error());
    copyLine(trainCommand(document_, *experiment, settings_.compute()));
  }
}

void MainWindow::updateCommands() {
  const bool busy = controller_->busy();
  const bool read_only = document_.project()->readOnly();
  const QString stop_first = busy ? tr("Stop the training first.") : QString();
  const QString wait = busy ? tr("Wait for the training to end.") : QString();
  const QString elsewhere = tr("It is open for reading only; save it under another name.");
  for (const CommandId id :
       {CommandId::kOpen, CommandId::kOpenSample, CommandId::kNew, CommandId::kCloseProject}) {
    commands_->setReason(id, stop_first);
  }
  recent_->setReason(stop_first);
  commands_->setReason(CommandId::kSaveProject, busy ? wait : read_only ? elsewhere : QString());
  commands_->setReason(CommandId::kSaveProjectAs, wait);
  commands_->setReason(CommandId::kSave, busy       ? wait
                                         : record() ? QString()
                                                    : tr("There are no results yet: train first."));
  const QUndoStack& undo = document_.undoStack();
  commands_->setText(CommandId::kUndo, tr("&Undo %1").arg(undo.undoText()).trimmed());
  commands_->setText(CommandId::kRedo, tr("&Redo %1").arg(undo.redoText()).trimmed());
  commands_->setReason(CommandId::kUndo,
                       undo.canUndo() ? QString() : tr("The specification was not changed."));
  commands_->setReason(CommandId::kRedo, undo.canRedo() ? QString() : tr("Nothing was undone."));
  updateRunCommands();
}

void MainWindow::updateRunCommands() {
  const RunPhase phase = controller_->phase();
  const bool busy = controller_->busy();
  const bool read_only = document_.project()->readOnly();
  const bool paused = phase == RunPhase::kPaused;
  const bool running = phase == RunPhase::kTraining || paused;
  const QString idle = tr("Nothing is training.");
  const QString start = busy        ? tr("A training is already running.")
                        : read_only ? tr("It is open for reading only; save it under another name.")
                                    : QString();
  commands_->setReason(CommandId::kStart, start);
  commands_->setReason(CommandId::kContinue, start.isEmpty() ? compare_->whyNotContinued() : start);
  commands_->setReason(CommandId::kPause, running ? QString() : idle);
  commands_->setText(CommandId::kPause, paused ? tr("Res&ume") : tr("&Pause"));
  const QString stop = phase == RunPhase::kStopping ? tr("Stopping after this batch…")
                       : running || phase == RunPhase::kLoading || phase == RunPhase::kChecking
                           ? QString()
                           : idle;
  commands_->setReason(CommandId::kStop, stop);
  commands_->setReason(CommandId::kAbort, phase == RunPhase::kChecking ? idle : stop);
  commands_->setReason(CommandId::kCheck, busy ? tr("Wait for the training to end.")
                                          : record()
                                              ? QString()
                                              : tr("There is nothing to check: train first."));
}

}  // namespace a2q::workbench
