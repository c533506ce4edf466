// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/window/main_window.h"

#include <QCloseEvent>
#include <QDockWidget>
#include <QFileDialog>
#include <QMessageBox>
#include <QStatusBar>

#include "app/workbench/project/autosave.h"
#include "app/workbench/window/messages.h"
#include "app/workbench/project/project_dialogs.h"
#include "app/workbench/project/project_flow.h"
#include "app/workbench/window/status_strip.h"
#include "app/workbench/run/telemetry_pump.h"
#include "core/project/project_file.h"
#include "views/certificate/certificate_view.h"
#include "views/invitation/invitation_view.h"
#include "views/l1_budget/l1_budget_view.h"
#include "views/log/log_view.h"
#include "views/runs/runs_view.h"
#include "views/training_curves/training_curves_view.h"

namespace a2q::workbench {
MainWindow::MainWindow(QWidget* parent)
    : QMainWindow(parent),
      controller_(new RunController(this)),
      commands_(new CommandSet(this)),
      status_(new StatusStrip(*statusBar(), this)) {
  constexpr QSize kUsual(1280, 800);
  createPanes();
  createMenus();
  createToolBar();
  pump_ = new TelemetryPump(*controller_, {budget_, curves_, log_, status_}, this);
  flow_ = new ProjectFlow(this, document_, *controller_);
  autosave_ = new Autosave(document_, status_->autosaveLabel(), this);
  connectRun();
  connectProject();
  resize(kUsual);
  resetLayout();
  documentChanged();
}

void MainWindow::execute(CommandId id) {
  switch (id) {
    case CommandId::kNew: return makeProject();
    case CommandId::kOpen: return askAndOpen();
    case CommandId::kOpenSample:
      return flow_->whenSettled([this] {
        document_.openSample();
        documentChanged();
      });
    case CommandId::kSaveProject: return flow_->save();
    case CommandId::kSaveProjectAs: return flow_->askAndSaveAs();
    case CommandId::kSave: return askAndSave();
    case CommandId::kQuit: close(); return;
    case CommandId::kStart: return startRun();
    case CommandId::kPause: return controller_->togglePause();
    case CommandId::kStop: return controller_->stop();
    case CommandId::kResetLayout: return resetLayout();
    case CommandId::kAbout: return showAbout(this, backend_);
  }
}

void MainWindow::askAndOpen() {
  const QString path = QFileDialog::getOpenFileName(
      this, tr("Open"), {}, tr("Projects and specifications (*.a2q *.toml);;All files (*)"));
  if (!path.isEmpty()) openFile(path.toStdString());
}

void MainWindow::openFile(const std::filesystem::path& path) {
  if (controller_->busy()) return;
  flow_->whenSettled([this, path] {
    if (path.extension() == ".a2q") return flow_->open(path);
    if (const Status opened = document_.open(path); !opened) return showError(this, opened.error());
    documentChanged();
  });
}

void MainWindow::makeProject() {
  flow_->whenSettled([this] {
    const std::filesystem::path path = askPlace(this, tr("New project"));
    if (path.empty()) return;
    document_.openSample();
    documentChanged();
    flow_->saveAs(path);
  });
}

void MainWindow::saveProjectTo(const std::filesystem::path& path) { flow_->saveAs(path); }

void MainWindow::offerRecovery() { flow_->offerAtStart(); }

void MainWindow::setExperiment(const Experiment& experiment, const QString& source) {
  if (controller_->busy()) return;
  document_.setExperiment(experiment, source);
  documentChanged();
}

void MainWindow::documentChanged() {
  if (document_.isSample()) {
    invitation_->showText(tr("The sample: a small LeNet on generated digits"),
                          document_.summary() + QLatin1Char(' ') +
                              tr("Trains in under a minute; no download. Watch every bar stay "
                                 "left of the red line."));
  } else {
    invitation_->showText(tr("%1 is ready").arg(document_.name()), document_.summary());
  }
  invitation_->show();
  certificate_->clear();
  pump_->restart(nullptr);
  pump_->showLayers(document_.plannedLayers());
  log_->addLine(tr("Opened %1: %2").arg(document_.source(), document_.summary()));
  status_->setIdleText(tr("Ready: press F5 to train"));
  status_->showPhase(controller_->phase());
  projectChanged();
  if (runs_->runCount() > 0) runs_dock_->raise();
}

void MainWindow::projectChanged() {
  const SessionPointer& project = document_.project();
  const QString mark = project->readOnly() ? tr(" (read-only)") : QString();
  setWindowTitle(document_.name() + mark + QStringLiteral("[*] – A2Q Workbench"));
  setWindowModified(document_.isModified());
  const ProjectPointer saved = project->saved();
  const bool trains = controller_->busy() && controller_->phase() != RunPhase::kSaving;
  const bool elsewhere = project->readOnly() && projectOwner(project->path());
  runs_->showRuns(saved ? saved->runs : std::vector<ProjectRun>(),
                  trains || elsewhere ? views::Trained::kNow : views::Trained::kByNobody);
  updateCommands();
}

void MainWindow::connectProject() {
  connect(commands_, &CommandSet::triggered, this, &MainWindow::execute);
  connect(flow_, &ProjectFlow::opened, this, &MainWindow::documentChanged);
  connect(flow_, &ProjectFlow::told, this, [this](const QString& line) { log_->addLine(line); });
  connect(flow_, &ProjectFlow::saved, this, [this] {
    const QString text = tr("Saved as %1").arg(document_.source());
    log_->addLine(text);
    status_->setIdleText(text);
    projectChanged();
    closeWhenIdle();
  });
  connect(autosave_, &Autosave::changed, this, &MainWindow::projectChanged);
  connect(autosave_, &Autosave::failed, this, [this](const Error& error) {
    log_->addLine(
        tr("Unsaved work could not be kept. %1").arg(QString::fromStdString(describe(error))));
  });
}

void MainWindow::updateCommands() {
  const RunPhase phase = controller_->phase();
  const bool busy = controller_->busy();
  const bool paused = phase == RunPhase::kPaused;
  const bool running = phase == RunPhase::kTraining || paused;
  const QString stop_first = busy ? tr("Stop the training first.") : QString();
  commands_->setReason(CommandId::kOpen, stop_first);
  commands_->setReason(CommandId::kOpenSample, stop_first);
  const bool read_only = document_.project()->readOnly();
  commands_->setReason(CommandId::kNew, stop_first);
  commands_->setReason(CommandId::kSaveProject,
                       busy        ? tr("Wait for the training to end.")
                       : read_only ? tr("It is open for reading only; save it under another name.")
                                   : QString());
  commands_->setReason(CommandId::kSaveProjectAs,
                       busy ? tr("Wait for the training to end.") : QString());
  commands_->setReason(CommandId::kStart,
                       busy        ? tr("A training is already running.")
                       : read_only ? tr("It is open for reading only; save it under another name.")
                                   : QString());
  commands_->setReason(CommandId::kPause, running ? QString() : tr("Nothing is training."));
  commands_->setText(CommandId::kPause, paused ? tr("Res&ume") : tr("&Pause"));
  commands_->setReason(CommandId::kStop,
                       phase == RunPhase::kStopping             ? tr("Stopping after this batch…")
                       : running || phase == RunPhase::kLoading ? QString()
                                                                : tr("Nothing is training."));
  commands_->setReason(CommandId::kSave, busy ? tr("Wait for the training to end.")
                                         : document_.record()
                                             ? QString()
                                             : tr("There are no results yet: train first."));
}

void MainWindow::closeWhenIdle() {
  if (closing_ && !controller_->busy()) close();
}

void MainWindow::showEvent(QShowEvent* event) {
  QMainWindow::showEvent(event);
  pump_->pull();
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (controller_->busy()) {
    event->ignore();
    return stopAndClose();
  }
  if (document_.isModified() && !settled_) {
    event->ignore();
    closing_ = false;
    return flow_->whenSettled([this] {
      settled_ = true;
      // Within a close event another one is not heard.
      QMetaObject::invokeMethod(this, &QWidget::close, Qt::QueuedConnection);
    });
  }
  document_.project()->discard();
  event->accept();
}

void MainWindow::stopAndClose() {
  if (closing_) return;
  if (controller_->phase() != RunPhase::kSaving) {
    const auto answer = QMessageBox::question(
        this, tr("Stop the training?"),
        tr("A training is running. Stop it after this batch and close the window? The run stays in "
           "its project; one that was never saved can be saved then."),
        QMessageBox::Yes | QMessageBox::No, QMessageBox::No);
    if (answer != QMessageBox::Yes) return;
  }
  closing_ = true;
  controller_->stop();
  closeWhenIdle();
}

}  // namespace a2q::workbench
