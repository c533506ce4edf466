// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>
#include <vector>

#include "core/integer/layer_facts.h"
#include "views/common/run_story.h"

namespace a2q::views {

/// A line of the inspector: what, how much, where it comes from, and how it was computed.
struct Fact {
  QString name;
  QString value;
  QString source;  ///< "[exact]"; empty: a setting
  QString tip;
};

/// The share of a budget, as the bar draws it.
struct BudgetShare {
  std::optional<double> share;  ///< none: no budget, or no weights yet
  QString text;                 ///< "87.4 % of the budget", or why there is none
  QString tip;
};

/// What is told of the thing that is selected.
struct FactSheet {
  std::vector<Fact> facts;
  BudgetShare budget;
};

/// So many lines are kept free, so that nothing jumps.
inline constexpr int kFactLines = 11;

[[nodiscard]] FactSheet networkSheet(const RunStory& story, const std::vector<LayerFacts>& layers);
/// A layer with weights.
[[nodiscard]] FactSheet layerSheet(const RunStory& story, const LayerFacts& layer);
/// One of its channels.
[[nodiscard]] FactSheet channelSheet(const RunStory& story, const LayerFacts& layer, int channel);
/// A layer without weights; `layer` may be one that the network does not have.
[[nodiscard]] FactSheet otherSheet(const RunStory& story, const std::string& layer);

}  // namespace a2q::views
