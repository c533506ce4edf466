// SPDX-License-Identifier: GPL-3.0-or-later
// The part of MainWindow that starts a run, follows it, and exports what it found.
#include <QFileDialog>
#include <QMessageBox>

#include "app/workbench/dialogs/messages.h"
#include "app/workbench/project/project_flow.h"
#include "app/workbench/run/compare_controller.h"
#include "app/workbench/run/job_list.h"
#include "app/workbench/run/run_feed.h"
#include "app/workbench/window/flow_controller.h"
#include "app/workbench/window/main_window.h"
#include "app/workbench/window/pane_desk.h"
#include "app/workbench/window/status_strip.h"
#include "views/checks/verdict_text.h"
#include "views/common/number_text.h"
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

QString epochText(const EpochRecord& epoch) {
  return MainWindow::tr("%1: loss %2, test %3, worst margin %4, sparsity %5, %6")
      .arg(QString::fromStdString(epochName(epoch.phase, epoch.epoch)))
      .arg(epoch.train_loss, 0, 'f', 4)
      .arg(QString::fromStdString(scoreText(epoch.metric, epoch.test_score)),
           views::bitsText(epoch.worst_margin_bits), views::percentText(epoch.sparsity),
           views::durationText(epoch.seconds));
}

JobState jobStateOf(RunState state) {
  switch (state) {
    case RunState::kFinished: return JobState::kDone;
    case RunState::kStopped: return JobState::kCancelled;
    case RunState::kDiverged:
    case RunState::kOutOfMemory: return JobState::kFailed;
  }
  return JobState::kFailed;
}

}  // namespace

void MainWindow::connectRun() {
  connect(controller_, &RunController::phaseChanged, this, [this] {
    status_->showPhase(controller_->phase());
    updateCommands();
    checklist_->update();
  });
  connect(controller_, &RunController::finished, this, &MainWindow::concludeRun);
  connect(controller_, &RunController::notRecorded, this, [this](const Error& error) {
    // On closing, the question about unsaved work is about this run.
    if (closing_) return;
    flow_->reportNotRecorded(error, feed_->live()->record);
  });
  connect(controller_, &RunController::failed, this, &MainWindow::reportFailure);
  connect(controller_, &RunController::saved, this, [this](const std::filesystem::path& folder) {
    const QString text = tr("Results written to %1").arg(QString::fromStdString(folder.string()));
    panes_.log->addLine(text);
    status_->setIdleText(text);
    closeWhenIdle();
  });
  connect(controller_, &RunController::saveFailed, this, &MainWindow::reportUnsaved);
  connect(feed_, &RunFeed::progressed, this, &MainWindow::showProgress);
  connect(feed_, &RunFeed::shownChanged, this, &MainWindow::showMeasures);
}

void MainWindow::startRun() {
  train({document_.experiment(), document_.project(), {}, settings_.compute()});
}

void MainWindow::continueRun() {
  const ProjectRun* const run = compare_->shownRun();
  if (run == nullptr) return;
  // A run goes on as it began, whatever the specification is now.
  const auto experiment = parseExperiment(run->specification, run->name);
  if (!experiment) return showError(this, experiment.error());
  train({*experiment, document_.project(), run->uuid, settings_.compute()});
}

void MainWindow::train(const RunRequest& request) {
  if (controller_->busy()) return;
  showDesk(true);
  epochs_told_ = 0;
  notes_told_ = 0;
  controller_->start(request);
  feed_->follow(request.experiment, request.resume);
  training_job_ =
      jobs_->begin(tr("Training %1").arg(document_.name()), [this] { controller_->stop(); });
}

void MainWindow::abortRun() {
  const auto answer = QMessageBox::question(
      this, tr("Abort the training?"),
      tr("The training ends after this batch, and the run is not kept in the project. To keep what "
         "was trained, stop it instead (Shift+F5)."),
      QMessageBox::Yes | QMessageBox::No, QMessageBox::No);
  if (answer == QMessageBox::Yes) controller_->abort();
}

void MainWindow::showProgress() {
  const auto telemetry = controller_->telemetry();
  const views::StoryPointer& live = feed_->live();
  if (!telemetry || !live) return;
  for (const std::string& note : telemetry->notes.readFrom(notes_told_)) {
    panes_.log->addLine(QString::fromStdString(note));
    ++notes_told_;
  }
  if (epochs_told_ < live->epochs.size()) showLiveRun();
  for (; epochs_told_ < live->epochs.size(); ++epochs_told_) {
    panes_.log->addLine(epochText(live->epochs[epochs_told_]));
  }
  const auto newest = telemetry->steps.newest();
  if (!newest || !controller_->trains()) return;
  const std::int64_t later =
      newest->phase == TrainPhase::kFloat ? live->experiment.training.epochs * newest->batches : 0;
  status_->showStep(*newest, later);
  const auto all = static_cast<double>(newest->epochs * newest->batches + later);
  const auto done = static_cast<double>((newest->epoch - 1) * newest->batches + newest->batch);
  jobs_->progress(training_job_, done / all);
  checklist_->update();
}

/// Of the run on screen, also when it is one that is stored.
void MainWindow::showMeasures() {
  if (const RecordPointer shown = record()) {
    status_->showRecord(*shown);
  } else if (!controller_->trains()) {
    status_->clear();
  }
  updateRunCommands();
}

void MainWindow::concludeRun(const RecordPointer& record) {
  backend_ = QString::fromStdString(record->backend);
  feed_->conclude(record);
  showProgress();
  status_->setIdleText(endText(*record));
  const QString text = endText(*record) + QStringLiteral(". ") + views::verdictText(*record);
  panes_.log->addLine(text);
  jobs_->end(training_job_, jobStateOf(record->state), text);
  projectChanged();
  if (closing_) {
    // After notRecorded(), which knows whether there is something to ask.
    QMetaObject::invokeMethod(this, &MainWindow::closeWhenIdle, Qt::QueuedConnection);
    return;
  }
  desk_->showPane(QStringLiteral("checks"));
  if (record->state == RunState::kDiverged) {
    showErrorSoon(
        makeError(ErrorCode::kTrainingDiverged, "The training diverged", record->state_cause));
  } else if (record->state == RunState::kOutOfMemory) {
    showErrorSoon(makeError(ErrorCode::kOutOfMemory, "The training ended: memory did not suffice",
                            record->state_cause));
  }
}

void MainWindow::reportFailure(const Error& error) {
  const QString text = QString::fromStdString(error.message);
  panes_.log->addLine(QString::fromStdString(describe(error)), views::LogLevel::kError);
  status_->setIdleText(tr("Failed: %1").arg(text));
  jobs_->end(training_job_, JobState::kFailed, text);
  if (closing_) return closeWhenIdle();
  showPlan();
  showErrorSoon(error);
}

void MainWindow::reportFailedSynthesis(const Error& error) {
  panes_.log->addLine(QString::fromStdString(describe(error)), views::LogLevel::kError);
  // It may end after the window was closed.
  if (isVisible()) showErrorSoon(error);
}

/// The panes first show how it ended.
void MainWindow::showErrorSoon(const Error& error) {
  const auto show = [this, error] { showError(this, error, remediesFor(error)); };
  QMetaObject::invokeMethod(this, show, Qt::QueuedConnection);
}

/// What a person can do about it at once.
std::vector<RemedyAction> MainWindow::remediesFor(const Error& error) {
  std::vector<RemedyAction> remedies;
  if (error.code == ErrorCode::kDataMissing) {
    remedies.push_back({tr("&Choose the folder…"), [this] {
                          const QString folder = QFileDialog::getExistingDirectory(
                              this, tr("Folder of the data set"), {}, QFileDialog::ShowDirsOnly);
                          if (!folder.isEmpty()) useDataFolder(folder.toStdString());
                        }});
    remedies.push_back({tr("Show where it &looks…"), [this] { choosePreferences(); }});
  }
  if (error.code == ErrorCode::kTrainingDiverged) {
    remedies.push_back({tr("&Halve the learning rate"), [this] {
                          Experiment changed = document_.experiment();
                          changed.training.learning_rate /= 2;
                          edit(changed, tr("half the learning rate"));
                        }});
  }
  return remedies;
}

void MainWindow::askAndSave() {
  const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder for the results"), {},
                                                           QFileDialog::ShowDirsOnly);
  if (!folder.isEmpty()) saveTo(folder.toStdString());
}

void MainWindow::saveTo(const std::filesystem::path& folder) {
  controller_->save(folder, Overwrite::kRefuse, record());
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
  if (answer == QMessageBox::Save) controller_->save(folder, Overwrite::kAllow, record());
}

}  // namespace a2q::workbench
