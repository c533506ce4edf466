// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/window/main_window.h"

#include <QCloseEvent>
#include <QFileDialog>
#include <QMessageBox>
#include <QMimeData>
#include <QScreen>
#include <QStackedWidget>
#include <QStatusBar>
#include <QUrl>

#include "app/workbench/dialogs/messages.h"
#include "app/workbench/hardware/hardware_controller.h"
#include "app/workbench/hardware/synthesis_controller.h"
#include "app/workbench/project/autosave.h"
#include "app/workbench/project/project_dialogs.h"
#include "app/workbench/project/project_flow.h"
#include "app/workbench/run/check_controller.h"
#include "app/workbench/run/compare_controller.h"
#include "app/workbench/run/job_list.h"
#include "app/workbench/run/layer_controller.h"
#include "app/workbench/run/run_feed.h"
#include "app/workbench/window/command_line_text.h"
#include "app/workbench/window/flow_controller.h"
#include "app/workbench/window/pane_desk.h"
#include "app/workbench/window/run_tool_bar.h"
#include "app/workbench/window/status_strip.h"
#include "core/project/project_file.h"
#include "core/project/project_templates.h"
#include "views/flow/flow_view.h"
#include "views/jobs/jobs_view.h"
#include "views/log/log_view.h"
#include "views/network/network_view.h"
#include "views/runs/runs_view.h"
#include "views/welcome/welcome_view.h"

namespace a2q::workbench {

MainWindow::MainWindow(QWidget* parent)
    : QMainWindow(parent),
      controller_(new RunController(this)),
      commands_(new CommandSet(this)),
      feed_(new RunFeed(*controller_, this)),
      jobs_(new JobList(this)),
      stack_(new QStackedWidget),
      welcome_(new views::WelcomeView),
      desk_(new PaneDesk),
      status_(new StatusStrip(*statusBar(), this)) {
  constexpr QSize kUsual(1280, 800);
  constexpr QSize kFrame(8, 48);  // of a usual window manager
  setAcceptDrops(true);
  stack_->addWidget(welcome_);
  stack_->addWidget(desk_);
  setCentralWidget(stack_);
  panes_ = createPanes(selection_, *desk_, *feed_);
  createToolBar();
  createMenus();
  flow_ = new ProjectFlow(this, document_, *controller_);
  autosave_ = new Autosave(document_, status_->autosaveLabel(), this);
  compare_ = new CompareController(document_, *feed_, *panes_.runs, this);
  checks_ = new CheckController(*controller_, *feed_, *panes_.checks, *jobs_, this);
  layers_ = new LayerController(document_, *controller_, *feed_, panes_, this);
  hardware_ = new HardwareController(document_, *feed_, *panes_.inspector, *panes_.resources,
                                     settings_, this);
  synthesis_ = new SynthesisController(*hardware_, *panes_.resources, *jobs_, this);
  checklist_ = new FlowController(document_, *controller_, *feed_, *hardware_, *panes_.flow, this);
  connectRun();
  connectProject();
  connectPanes();
  resize(kUsual.boundedTo(screen()->availableSize() - kFrame));
  restoreLook();
  experimentChanged();
  documentReplaced();
  showDesk(false);
}

MainWindow::~MainWindow() = default;

RecordPointer MainWindow::record() const {
  return feed_->shown() ? feed_->shown()->record : nullptr;
}

void MainWindow::askAndOpen() {
  const QString path = QFileDialog::getOpenFileName(
      this, tr("Open"), {}, tr("Projects and specifications (*.a2q *.toml);;All files (*)"));
  if (!path.isEmpty()) openFile(path.toStdString());
}

void MainWindow::openFile(const std::filesystem::path& path) {
  if (controller_->busy()) return;
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return useDataFolder(path);
  flow_->whenSettled([this, path] {
    if (path.extension() == ".a2q") return flow_->open(path);
    if (const Status opened = document_.open(path); !opened) {
      return showError(this, opened.error());
    }
    showDesk(true);
  });
}

void MainWindow::makeProject() {
  flow_->whenSettled([this] {
    const std::filesystem::path path = askPlace(this, tr("New project"));
    if (path.empty()) return;
    document_.openSample();
    showDesk(true);
    flow_->saveAs(path);
  });
}

void MainWindow::openTemplate(const std::string& name) {
  flow_->whenSettled([this, name] {
    const auto experiment = templateExperiment(name);
    if (!experiment) return showError(this, experiment.error());
    document_.openExperiment(*experiment, tr("the template %1").arg(QString::fromStdString(name)));
    showDesk(true);
  });
}

void MainWindow::openSampleAndTrain() {
  flow_->whenSettled([this] {
    document_.openSample();
    showDesk(true);
    startRun();
  });
}

void MainWindow::useDataFolder(const std::filesystem::path& folder) {
  Experiment experiment = document_.experiment();
  experiment.data.path = folder.string();
  edit(experiment, tr("data from %1").arg(QString::fromStdString(folder.string())));
  panes_.log->addLine(tr("The next training takes its data (%1) from %2.")
                          .arg(QString::fromStdString(experiment.data.set),
                               QString::fromStdString(folder.string())));
  showDesk(true);
}

void MainWindow::saveProjectTo(const std::filesystem::path& path) { flow_->saveAs(path); }

void MainWindow::offerRecovery() { flow_->offerAtStart(); }

void MainWindow::setExperiment(const Experiment& experiment, const QString& source) {
  if (controller_->busy()) return;
  document_.openExperiment(experiment, source);
  showDesk(true);
}

void MainWindow::edit(const Experiment& experiment, const QString& what) {
  document_.edit(experiment, what);
}

void MainWindow::documentReplaced() {
  compare_->restart();
  panes_.log->addLine(
      tr("Opened %1: %2").arg(document_.source(), summaryOf(document_.experiment())));
  status_->clear();
  status_->setIdleText(tr("Ready: press F5 to train"));
  status_->showPhase(controller_->phase());
  showPlan();
  projectChanged();
  if (panes_.runs->runCount() > 0) {
    desk_->showPane(QStringLiteral("runs"));
    compare_->showLast();
  }
}

void MainWindow::experimentChanged() {
  run_bar_->showExperiment(document_.experiment());
  panes_.network->showExperiment(document_.experiment());
  // A plan follows the specification; a run is what it was.
  if (feed_->shown() == nullptr || (feed_->shown()->uuid.empty() && !feed_->showsLive()))
    showPlan();
  projectChanged();
}

/// The specification before any training.
void MainWindow::showPlan() {
  views::RunStory plan;
  plan.experiment = document_.experiment();
  plan.layers =
      std::make_shared<const std::vector<LayerSnapshot>>(plannedLayers(document_.experiment()));
  feed_->show(std::make_shared<const views::RunStory>(std::move(plan)));
}

void MainWindow::projectChanged() {
  const SessionPointer& project = document_.project();
  showTitle();
  const ProjectPointer saved = project->saved();
  const bool elsewhere = project->readOnly() && projectOwner(project->path());
  panes_.runs->showRuns(saved ? saved->runs : std::vector<ProjectRun>(),
                        elsewhere ? views::Trained::kNow : views::Trained::kByNobody);
  showLiveRun();
  updateCommands();
  checklist_->update();
}

void MainWindow::showTitle() {
  const bool is_open = stack_->currentWidget() == desk_;
  const QString mark = document_.project()->readOnly() ? tr(" (read-only)") : QString();
  setWindowTitle(is_open ? document_.name() + mark + QStringLiteral("[*] – A2Q Workbench")
                         : QStringLiteral("A2Q Workbench[*]"));
  setWindowModified(document_.isModified());
}

/// Only the run that trains here is said to train.
void MainWindow::showLiveRun() {
  const ProjectPointer saved = document_.project()->saved();
  const views::StoryPointer& live = feed_->live();
  if (!saved || !live || !controller_->trains()) return;
  for (ProjectRun run : saved->runs) {
    if (run.uuid != live->uuid) continue;
    run.epochs = live->epochs;
    panes_.runs->updateRun(run, views::Trained::kNow);
  }
}

void MainWindow::connectPanes() {
  const auto open_pane = [this](views::StepId step) {
    switch (step) {
      case views::StepId::kData: return choosePreferences();
      case views::StepId::kNetwork: return desk_->showPane(QStringLiteral("network"));
      case views::StepId::kQuantization: return desk_->showPane(QStringLiteral("inspector"));
      case views::StepId::kTraining: return desk_->showPane(QStringLiteral("training_curves"));
      case views::StepId::kCheck: return desk_->showPane(QStringLiteral("checks"));
      case views::StepId::kHardware: return desk_->showPane(QStringLiteral("resources"));
    }
  };
  connect(panes_.flow, &views::FlowView::stepActivated, this, open_pane);
  connect(panes_.network, &views::NetworkView::editWanted, this, &MainWindow::edit);
  connect(panes_.jobs, &views::JobsView::cancelWanted, jobs_, &JobList::cancel);
  connect(jobs_, &JobList::changed, this, [this] { panes_.jobs->showJobs(jobs_->rows()); });
  connect(desk_, &PaneDesk::paneShown, feed_, &RunFeed::wake);
  const auto tell = [this](const Error& error) {
    panes_.log->addLine(QString::fromStdString(describe(error)), views::LogLevel::kError);
  };
  connect(compare_, &CompareController::failed, this, tell);
  connect(layers_, &LayerController::failed, this, tell);
  connect(layers_, &LayerController::witnessShown, this,
          [this] { desk_->showPane(QStringLiteral("accumulator")); });
  connect(layers_, &LayerController::copyWanted, this, [this](const QString& settings) {
    copyLine(trainCommand(document_, document_.experiment(), settings_.compute()) +
             QLatin1Char(' ') + settings);
  });
  connect(hardware_, &HardwareController::copyWanted, this, &MainWindow::copyLine);
  connect(synthesis_, &SynthesisController::changed, this,
          [this] { commands_->setReason(CommandId::kSynthesise, synthesis_->whyNot()); });
  connect(synthesis_, &SynthesisController::failed, this, &MainWindow::reportFailedSynthesis);
  commands_->setReason(CommandId::kSynthesise, synthesis_->whyNot());
  connect(panes_.runs, &views::RunsView::copyCommandWanted, this, &MainWindow::copyRunCommand);
  connect(welcome_, &views::WelcomeView::sampleWanted, this, &MainWindow::openSampleAndTrain);
  connect(welcome_, &views::WelcomeView::newWanted, this, &MainWindow::makeProject);
  connect(welcome_, &views::WelcomeView::openDialogWanted, this, &MainWindow::askAndOpen);
  connect(welcome_, &views::WelcomeView::openWanted, this,
          [this](const QString& path) { openFile(path.toStdString()); });
  connect(welcome_, &views::WelcomeView::forgetWanted, this,
          [this](const QString& path) { settings_.removeRecent(path); });
  connect(welcome_, &views::WelcomeView::templateWanted, this,
          [this](const QString& name) { openTemplate(name.toStdString()); });
  welcome_->showTemplates(projectTemplates());
}

void MainWindow::connectProject() {
  connect(commands_, &CommandSet::triggered, this, &MainWindow::execute);
  connect(&settings_, &Settings::changed, this, &MainWindow::applySettings);
  connect(&settings_, &Settings::recentChanged, this, &MainWindow::applySettings);
  connect(&document_, &Document::replaced, this, &MainWindow::documentReplaced);
  connect(&document_, &Document::experimentChanged, this, &MainWindow::experimentChanged);
  connect(&document_.undoStack(), &QUndoStack::indexChanged, this, &MainWindow::updateCommands);
  connect(flow_, &ProjectFlow::opened, this, [this] {
    showDesk(true);
    settings_.addRecent(QString::fromStdString(document_.project()->path().string()));
  });
  connect(flow_, &ProjectFlow::told, this,
          [this](const QString& line) { panes_.log->addLine(line); });
  connect(flow_, &ProjectFlow::saved, this, [this] {
    const QString text = tr("Saved as %1").arg(document_.source());
    panes_.log->addLine(text);
    status_->setIdleText(text);
    settings_.addRecent(QString::fromStdString(document_.project()->path().string()));
    projectChanged();
    closeWhenIdle();
  });
  connect(autosave_, &Autosave::changed, this, &MainWindow::projectChanged);
  connect(autosave_, &Autosave::failed, this, [this](const Error& error) {
    panes_.log->addLine(
        tr("Unsaved work could not be kept. %1").arg(QString::fromStdString(describe(error))));
  });
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  const auto urls = event->mimeData()->urls();
  if (urls.size() == 1 && urls.front().isLocalFile() && !controller_->busy()) {
    event->acceptProposedAction();
  }
}

void MainWindow::dropEvent(QDropEvent* event) {
  const auto urls = event->mimeData()->urls();
  if (urls.size() != 1 || !urls.front().isLocalFile()) return;
  event->acceptProposedAction();
  const auto path = urls.front().toLocalFile().toStdString();
  // A dialog within a drop would hold up the program that the file came from.
  QMetaObject::invokeMethod(
      this, [this, path] { openFile(path); }, Qt::QueuedConnection);
}

void MainWindow::closeWhenIdle() {
  if (closing_ && !controller_->busy()) close();
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
  // Nothing is lost that would be worth a question: what is synthesised is kept.
  synthesis_->stop();
  rememberLook();
  document_.project()->discard();
  event->accept();
}

void MainWindow::stopAndClose() {
  if (closing_) return;
  if (controller_->trains()) {
    const auto answer = QMessageBox::question(
        this, tr("Stop the training?"),
        tr("A training is running. Stop it after this batch and close the window? The run stays in "
           "its project; one that was never saved can be saved then."),
        QMessageBox::Yes | QMessageBox::No, QMessageBox::No);
    if (answer != QMessageBox::Yes) return;
  }
  closing_ = true;
  controller_->stop();
  // The training may have ended while the question was open, and within a close event another one
  // is not heard.
  QMetaObject::invokeMethod(this, &MainWindow::closeWhenIdle, Qt::QueuedConnection);
}

}  // namespace a2q::workbench
