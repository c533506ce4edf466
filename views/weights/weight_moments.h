// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <map>
#include <vector>

#include "views/common/run_story.h"

namespace a2q::views {

/// A time at which the levels of the layers are known.
struct WeightMoment {
  QString name;                              ///< "epoch 3", "now"
  const std::vector<LayerSnapshot>* layers;  ///< of the story
};

/// Every epoch of a story and, last, "now". Levels are counted at the ends of epochs: while the
/// newest snapshot has none, "now" is the newest epoch, and its name says so.
[[nodiscard]] std::vector<WeightMoment> weightMoments(const RunStory& story);

/// M of the layers with weights, by name; empty when the specification has no plan.
[[nodiscard]] std::map<std::string, BitWidth> weightBits(const Experiment& experiment);

}  // namespace a2q::views
