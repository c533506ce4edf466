// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/main_window.h"

#include <QCloseEvent>
#include <QDockWidget>
#include <QFileDialog>
#include <QMessageBox>
#include <QStatusBar>

#include "app/workbench/messages.h"
#include "app/workbench/status_strip.h"
#include "app/workbench/telemetry_pump.h"
#include "views/certificate/certificate_view.h"
#include "views/invitation/invitation_view.h"
#include "views/l1_budget/l1_budget_view.h"
#include "views/log/log_view.h"
#include "views/training_curves/training_curves_view.h"

namespace a2q::workbench {
namespace {

QString endText(const RunRecord& record) {
  switch (record.state) {
    case RunState::kFinished: return MainWindow::tr("Finished");
    case RunState::kStopped: return MainWindow::tr("Stopped");
    case RunState::kDiverged: return MainWindow::tr("Diverged");
    case RunState::kOutOfMemory: return MainWindow::tr("Out of memory");
  }
  return {};
}

}  // namespace

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
  connectRun();
  resize(kUsual);
  resetLayout();
  documentChanged();
}

void MainWindow::connectRun() {
  connect(commands_, &CommandSet::triggered, this, &MainWindow::execute);
  connect(invitation_, &views::InvitationView::startWanted, this, &MainWindow::startRun);
  connect(controller_, &RunController::phaseChanged, this, [this] {
    status_->showPhase(controller_->phase());
    updateCommands();
  });
  connect(controller_, &RunController::finished, this, &MainWindow::concludeRun);
  connect(controller_, &RunController::failed, this, &MainWindow::reportFailure);
  connect(controller_, &RunController::saved, this, [this](const std::filesystem::path& folder) {
    const QString text = tr("Results written to %1").arg(QString::fromStdString(folder.string()));
    log_->addLine(text);
    status_->setIdleText(text);
    closeWhenIdle();
  });
  connect(controller_, &RunController::saveFailed, this, &MainWindow::reportUnsaved);
}

void MainWindow::execute(CommandId id) {
  switch (id) {
    case CommandId::kOpen: return askAndOpen();
    case CommandId::kOpenSample: document_.openSample(); return documentChanged();
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
  const QString path = QFileDialog::getOpenFileName(this, tr("Open specification"), {},
                                                    tr("Specification (*.toml);;All files (*)"));
  if (!path.isEmpty()) openFile(path.toStdString());
}

void MainWindow::openFile(const std::filesystem::path& path) {
  if (controller_->busy()) return;
  if (const Status opened = document_.open(path); !opened) return showError(this, opened.error());
  documentChanged();
}

void MainWindow::setExperiment(const Experiment& experiment, const QString& source) {
  if (controller_->busy()) return;
  document_.setExperiment(experiment, source);
  documentChanged();
}

void MainWindow::documentChanged() {
  setWindowTitle(document_.name() + QStringLiteral(" – A2Q Workbench"));
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
  updateCommands();
}

void MainWindow::startRun() {
  if (controller_->busy()) return;
  document_.setRecord(nullptr);
  invitation_->hide();
  certificate_->clear();
  controller_->start(document_.experiment());
  pump_->restart(controller_->telemetry());
  pump_->showLayers(document_.plannedLayers());
}

void MainWindow::concludeRun(const RecordPointer& record) {
  document_.setRecord(record);
  backend_ = QString::fromStdString(record->backend);
  pump_->pull();
  if (!record->weights.empty()) pump_->showLayers(finalLayers(*record));
  certificate_->showRecord(*record);
  status_->showRecord(*record);
  status_->setIdleText(endText(*record));
  log_->addLine(tr("%1. %2").arg(endText(*record), certificate_->verdict()));
  certificate_dock_->raise();
  updateCommands();
  if (closing_) return closeWhenIdle();
  if (record->state == RunState::kDiverged) {
    showError(this, makeError(ErrorCode::kTrainingDiverged, "The training diverged",
                              record->state_cause));
  }
}

void MainWindow::reportFailure(const Error& error) {
  log_->addLine(QString::fromStdString(describe(error)));
  status_->setIdleText(tr("Failed: %1").arg(QString::fromStdString(error.message)));
  invitation_->show();
  if (closing_) return closeWhenIdle();
  showError(this, error);
}

void MainWindow::askAndSave() {
  const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder for the results"), {},
                                                           QFileDialog::ShowDirsOnly);
  if (!folder.isEmpty()) saveTo(folder.toStdString());
}

void MainWindow::saveTo(const std::filesystem::path& folder) {
  controller_->save(folder, Overwrite::kRefuse, document_.record());
}

void MainWindow::reportUnsaved(const std::filesystem::path& folder, const Error& error) {
  status_->setIdleText(tr("Not saved"));
  if (closing_) return closeWhenIdle();
  if (error.code != ErrorCode::kExists) return showError(this, error);
  const auto answer = QMessageBox::question(
      this, tr("Replace results?"),
      tr("%1 already holds something. Result files of the same names are replaced; everything "
         "else stays.")
          .arg(QString::fromStdString(folder.string())),
      QMessageBox::Save | QMessageBox::Cancel, QMessageBox::Cancel);
  if (answer == QMessageBox::Save) {
    controller_->save(folder, Overwrite::kAllow, document_.record());
  }
}

void MainWindow::updateCommands() {
  const RunPhase phase = controller_->phase();
  const bool busy = controller_->busy();
  const bool paused = phase == RunPhase::kPaused;
  const bool running = phase == RunPhase::kTraining || paused;
  const QString stop_first = busy ? tr("Stop the training first.") : QString();
  commands_->setReason(CommandId::kOpen, stop_first);
  commands_->setReason(CommandId::kOpenSample, stop_first);
  commands_->setReason(CommandId::kStart, busy ? tr("A training is already running.") : QString());
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
  if (!controller_->busy()) return event->accept();
  event->ignore();
  if (closing_) return;
  if (controller_->phase() != RunPhase::kSaving) {
    const auto answer = QMessageBox::question(
        this, tr("Stop the training?"),
        tr("A training is running. Stop it after this batch and close the window? What was trained "
           "is not saved."),
        QMessageBox::Yes | QMessageBox::No, QMessageBox::No);
    if (answer != QMessageBox::Yes) return;
  }
  closing_ = true;
  controller_->stop();
  closeWhenIdle();
}

}  // namespace a2q::workbench
