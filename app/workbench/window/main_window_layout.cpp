// SPDX-License-Identifier: GPL-3.0-or-later
// The part of MainWindow that makes menus and toolbar, and remembers how it looked.
#include <QAction>
#include <QCoreApplication>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QStackedWidget>
#include <QToolBar>
#include <array>

#include "app/workbench/command/recent_menu.h"
#include "app/workbench/project/autosave.h"
#include "app/workbench/run/run_feed.h"
#include "app/workbench/window/main_window.h"
#include "app/workbench/window/pane_desk.h"
#include "app/workbench/window/run_tool_bar.h"
#include "views/welcome/welcome_view.h"

namespace a2q::workbench {

void MainWindow::createMenus() {
  recent_ = new RecentMenu([this] { return settings_.recentProjects(); }, this);
  connect(recent_, &RecentMenu::chosen, this,
          [this](const QString& path) { openFile(path.toStdString()); });
  connect(recent_, &RecentMenu::cleared, this, [this] { settings_.clearRecents(); });
  for (const Category category : kCategories) {
    QMenu* menu = menuBar()->addMenu(QCoreApplication::translate("Commands", menuTitle(category)));
    commands_->fillMenu(*menu, category, recent_);
    if (category != Category::kView) continue;
    menu->addSeparator();
    QMenu* panes = menu->addMenu(tr("&Panes"));
    for (QDockWidget* dock : desk_->docks()) {
      panes->addAction(dock->toggleViewAction());
      // One that was hidden comes back in front of the others.
      connect(dock->toggleViewAction(), &QAction::triggered, dock, [dock](bool on) {
        if (on) dock->raise();
      });
    }
  }
}

void MainWindow::createToolBar() {
  QToolBar* bar = addToolBar(tr("Toolbar"));
  bar->setObjectName(QStringLiteral("toolbar"));
  bar->setAccessibleName(tr("Toolbar"));
  bar->setMovable(false);
  bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  commands_->fillToolBar(*bar);
  run_bar_ = new RunToolBar(*bar);
  connect(run_bar_, &RunToolBar::deviceChosen, this, [this](const QString& device) {
    ComputeOptions compute = settings_.compute();
    compute.device = device.toStdString();
    settings_.setCompute(compute);
  });
  connect(run_bar_, &RunToolBar::accumulatorChosen, this, [this](int bits) {
    Experiment changed = document_.experiment();
    const int before = std::exchange(changed.quant.accumulator_bits.bits, bits);
    edit(changed, tr("P %1 → %2").arg(before).arg(bits));
  });
}

void MainWindow::showDesk(bool on) {
  stack_->setCurrentWidget(on ? static_cast<QWidget*>(desk_) : welcome_);
  showTitle();
  if (on) return feed_->wake();
  welcome_->setFocus();
}

void MainWindow::restoreLook() {
  const QString name = settings_.currentLayout();
  std::map<QString, QByteArray> states;
  DeskLayout layout = DeskLayout::kTrain;
  for (const DeskLayout each : kDeskLayouts) {
    const StoredLayout stored = settings_.layout(layoutName(each));
    states[layoutName(each)] = stored.state;
    if (layoutName(each) != name) continue;
    layout = each;
    restoreGeometry(stored.geometry);
  }
  desk_->restoreStates(states, layout);
  commands_->setShortcuts(settings_.shortcuts());
  applySettings();
}

void MainWindow::rememberLook() {
  for (const auto& [name, state] : desk_->states()) {
    settings_.setLayout(name, {saveGeometry(), state});
  }
  settings_.setCurrentLayout(layoutName(desk_->layoutShown()));
}

void MainWindow::applySettings() {
  autosave_->setInterval(settings_.autosaveInterval());
  run_bar_->showDevice(QString::fromStdString(settings_.compute().device));
  feed_->setReduced(settings_.reducesDrawing());
  std::vector<views::RecentProject> recent;
  for (const QString& path : settings_.recentProjects()) {
    recent.push_back({path, QFileInfo::exists(path)});
  }
  welcome_->showRecent(recent);
  const Theme theme = settings_.theme();
  commands_->action(CommandId::kThemeSystem)->setChecked(theme == Theme::kSystem);
  commands_->action(CommandId::kThemeLight)->setChecked(theme == Theme::kLight);
  commands_->action(CommandId::kThemeDark)->setChecked(theme == Theme::kDark);
}

}  // namespace a2q::workbench
