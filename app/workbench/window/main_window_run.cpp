// SPDX-License-Identifier: GPL-3.0-or-later
// The part of MainWindow that starts a run, follows it, and exports what it found.
#include <QDockWidget>
#include <QFileDialog>
#include <QMessageBox>

#include "app/workbench/window/main_window.h"
#include "app/workbench/window/messages.h"
#include "app/workbench/project/project_flow.h"
#include "app/workbench/window/status_strip.h"
#include "app/workbench/run/telemetry_pump.h"
#include "views/certificate/certificate_view.h"
#include "views/invitation/invitation_view.h"
#include "views/log/log_view.h"

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

void MainWindow::connectRun() {
  connect(invitation_, &views::InvitationView::startWanted, this, &MainWindow::startRun);
  connect(controller_, &RunController::phaseChanged, this, [this] {
    status_->showPhase(controller_->phase());
    updateCommands();
  });
  connect(controller_, &RunController::finished, this, &MainWindow::concludeRun);
  connect(controller_, &RunController::notRecorded, this, [this](const Error& error) {
    if (closing_) return closeWhenIdle();
    flow_->reportNotRecorded(error);
  });
  connect(controller_, &RunController::failed, this, &MainWindow::reportFailure);
  connect(controller_, &RunController::saved, this, [this](const std::filesystem::path& folder) {
    const QString text = tr("Results written to %1").arg(QString::fromStdString(folder.string()));
    log_->addLine(text);
    status_->setIdleText(text);
    closeWhenIdle();
  });
  connect(controller_, &RunController::saveFailed, this, &MainWindow::reportUnsaved);
}

void MainWindow::startRun() {
  if (controller_->busy()) return;
  document_.setRecord(nullptr);
  invitation_->hide();
  certificate_->clear();
  controller_->start(document_.experiment(), document_.project());
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
  projectChanged();
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

}  // namespace a2q::workbench
