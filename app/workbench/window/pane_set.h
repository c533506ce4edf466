// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/selection.h"

namespace a2q::views {
class AccumulatorView;
class ChannelsView;
class ChecksView;
class FlowView;
class InspectorView;
class JobsView;
class L1BudgetView;
class LogView;
class NetworkView;
class ResourcesView;
class RunsView;
class SparsityView;
class TrainingCurvesView;
class WeightsView;
}  // namespace a2q::views

namespace a2q::workbench {

class PaneDesk;
class RunFeed;

/// Every pane of the window, each in its dock.
struct PaneSet {
  views::FlowView* flow = nullptr;
  views::InspectorView* inspector = nullptr;
  views::TrainingCurvesView* curves = nullptr;
  views::L1BudgetView* budget = nullptr;
  views::ChannelsView* channels = nullptr;
  views::AccumulatorView* accumulator = nullptr;
  views::WeightsView* weights = nullptr;
  views::SparsityView* sparsity = nullptr;
  views::NetworkView* network = nullptr;
  views::ResourcesView* resources = nullptr;
  views::RunsView* runs = nullptr;
  views::ChecksView* checks = nullptr;
  views::JobsView* jobs = nullptr;
  views::LogView* log = nullptr;
};

/// Makes the panes, puts them on the desk, and has those that show runs fed.
[[nodiscard]] PaneSet createPanes(views::Selection& selection, PaneDesk& desk, RunFeed& feed);

}  // namespace a2q::workbench
