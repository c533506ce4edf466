// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/window/pane_set.h"

#include <QCoreApplication>

#include "app/workbench/run/run_feed.h"
#include "app/workbench/window/pane_desk.h"
#include "views/accumulator/accumulator_view.h"
#include "views/channels/channels_view.h"
#include "views/checks/checks_view.h"
#include "views/flow/flow_view.h"
#include "views/inspector/inspector_view.h"
#include "views/jobs/jobs_view.h"
#include "views/l1_budget/l1_budget_view.h"
#include "views/log/log_view.h"
#include "views/network/network_view.h"
#include "views/resources/resources_view.h"
#include "views/runs/runs_view.h"
#include "views/sparsity/sparsity_view.h"
#include "views/training_curves/training_curves_view.h"
#include "views/weights/weights_view.h"

namespace a2q::workbench {
namespace {

/// Titles of the panes, for translation.
class Words {
  Q_DECLARE_TR_FUNCTIONS(Panes)
};

constexpr QSize kPlot(280, 200);
constexpr QSize kTable(300, 110);

}  // namespace

PaneSet createPanes(views::Selection& selection, PaneDesk& desk, RunFeed& feed) {
  PaneSet panes;
  const auto add = [&](const char* id, const QString& title, QWidget* view, QSize smallest) {
    desk.addPane(QString::fromUtf8(id), title, view, smallest);
    if (auto* pane = dynamic_cast<views::RunPane*>(view)) feed.addPane(*pane, *view);
  };
  add("flow", Words::tr("Flow"), panes.flow = new views::FlowView, {150, 200});
  add("l1_budget", Words::tr("L1 budget"), panes.budget = new views::L1BudgetView(selection),
      kPlot);
  add("network", Words::tr("Network"), panes.network = new views::NetworkView(selection), kPlot);
  add("channels", Words::tr("Channels"), panes.channels = new views::ChannelsView(selection),
      kPlot);
  add("accumulator", Words::tr("Accumulator"),
      panes.accumulator = new views::AccumulatorView(selection), kPlot);
  add("weights", Words::tr("Weights"), panes.weights = new views::WeightsView(selection), kPlot);
  add("sparsity", Words::tr("Sparsity"), panes.sparsity = new views::SparsityView(selection),
      kPlot);
  add("resources", Words::tr("Resources"), panes.resources = new views::ResourcesView(selection),
      {300, 330});
  add("training_curves", Words::tr("Training"), panes.curves = new views::TrainingCurvesView,
      kPlot);
  add("inspector", Words::tr("Inspector"), panes.inspector = new views::InspectorView(selection),
      {280, 200});
  add("checks", Words::tr("Checks"), panes.checks = new views::ChecksView(selection), {300, 155});
  add("runs", Words::tr("Runs"), panes.runs = new views::RunsView, kTable);
  add("jobs", Words::tr("Jobs"), panes.jobs = new views::JobsView, kTable);
  add("log", Words::tr("Log"), panes.log = new views::LogView, kTable);
  return panes;
}

}  // namespace a2q::workbench
