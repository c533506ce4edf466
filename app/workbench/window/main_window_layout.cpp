// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDockWidget>
#include <QMenu>
#include <QMenuBar>
#include <QToolBar>
#include <QVBoxLayout>

#include "app/workbench/window/main_window.h"
#include "app/workbench/run/telemetry_pump.h"
#include "views/certificate/certificate_view.h"
#include "views/invitation/invitation_view.h"
#include "views/l1_budget/l1_budget_view.h"
#include "views/log/log_view.h"
#include "views/runs/runs_view.h"
#include "views/training_curves/training_curves_view.h"

namespace a2q::workbench {

void MainWindow::createPanes() {
  invitation_ = new views::InvitationView;
  budget_ = new views::L1BudgetView;
  auto* centre = new QWidget;
  auto* column = new QVBoxLayout(centre);
  column->setContentsMargins(4, 4, 4, 4);
  column->addWidget(invitation_);
  column->addWidget(budget_, 1);
  setCentralWidget(centre);

  curves_ = new views::TrainingCurvesView;
  certificate_ = new views::CertificateView;
  runs_ = new views::RunsView;
  log_ = new views::LogView;
  curves_dock_ = createDock(tr("Training"), QStringLiteral("training_dock"), curves_);
  certificate_dock_ =
      createDock(tr("Certificate"), QStringLiteral("certificate_dock"), certificate_);
  runs_dock_ = createDock(tr("Runs"), QStringLiteral("runs_dock"), runs_);
  log_dock_ = createDock(tr("Log"), QStringLiteral("log_dock"), log_);
  setDockNestingEnabled(true);
  setTabPosition(Qt::BottomDockWidgetArea, QTabWidget::North);
}

QDockWidget* MainWindow::createDock(const QString& title, const QString& name, QWidget* content) {
  auto* dock = new QDockWidget(title, this);
  dock->setObjectName(name);
  dock->setAccessibleName(title);
  dock->setWidget(content);
  connect(dock, &QDockWidget::visibilityChanged, this, [this](bool visible) {
    if (visible && pump_ != nullptr) pump_->pull();
  });
  return dock;
}

void MainWindow::resetLayout() {
  constexpr double kCurvesShare = 0.45;
  constexpr double kBottomShare = 0.29;
  for (QDockWidget* dock : {curves_dock_, certificate_dock_, runs_dock_, log_dock_})
    dock->setFloating(false);
  addDockWidget(Qt::RightDockWidgetArea, curves_dock_);
  addDockWidget(Qt::BottomDockWidgetArea, certificate_dock_);
  addDockWidget(Qt::BottomDockWidgetArea, runs_dock_);
  addDockWidget(Qt::BottomDockWidgetArea, log_dock_);
  tabifyDockWidget(certificate_dock_, runs_dock_);
  tabifyDockWidget(runs_dock_, log_dock_);
  for (QDockWidget* dock : {curves_dock_, certificate_dock_, runs_dock_, log_dock_}) dock->show();
  certificate_dock_->raise();
  resizeDocks({curves_dock_}, {static_cast<int>(kCurvesShare * width())}, Qt::Horizontal);
  resizeDocks({certificate_dock_}, {static_cast<int>(kBottomShare * height())}, Qt::Vertical);
}

void MainWindow::createMenus() {
  const auto add = [this](QMenu* menu, std::initializer_list<CommandId> ids) {
    for (const CommandId id : ids) menu->addAction(commands_->action(id));
  };
  QMenu* file = menuBar()->addMenu(tr("&File"));
  add(file, {CommandId::kNew, CommandId::kOpen, CommandId::kOpenSample});
  file->addSeparator();
  add(file, {CommandId::kSaveProject, CommandId::kSaveProjectAs, CommandId::kSave});
  file->addSeparator();
  add(file, {CommandId::kQuit});
  add(menuBar()->addMenu(tr("&Run")), {CommandId::kStart, CommandId::kPause, CommandId::kStop});
  QMenu* view = menuBar()->addMenu(tr("&View"));
  for (const QDockWidget* dock : {curves_dock_, certificate_dock_, runs_dock_, log_dock_}) {
    view->addAction(dock->toggleViewAction());
  }
  view->addSeparator();
  add(view, {CommandId::kResetLayout});
  add(menuBar()->addMenu(tr("&Help")), {CommandId::kAbout});
}

void MainWindow::createToolBar() {
  QToolBar* bar = addToolBar(tr("Toolbar"));
  bar->setObjectName(QStringLiteral("toolbar"));
  bar->setAccessibleName(tr("Toolbar"));
  bar->setMovable(false);
  bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  commands_->fillToolBar(*bar);
}

}  // namespace a2q::workbench
