// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <vector>

#include "core/base/result.h"
#include "core/network/experiment.h"
#include "views/network/layer_facts.h"

namespace a2q::views {

/// An edit that a menu offers: what it would give, or why it is refused.
struct EditChoice {
  QString text;  ///< of the menu
  QString what;  ///< of the undo step
  Result<Experiment> edited;
};

/// What can be inserted behind a layer, with defaults that keep shapes where they can.
[[nodiscard]] std::vector<EditChoice> insertChoices(const Experiment& experiment,
                                                    const LayerFacts& layer);

[[nodiscard]] EditChoice removeChoice(const Experiment& experiment, const LayerFacts& layer);

}  // namespace a2q::views
