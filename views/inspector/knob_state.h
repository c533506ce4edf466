// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <array>
#include <optional>

#include "core/network/quant_limits.h"
#include "views/inspector/bit_places.h"

namespace a2q::views {

/// What a slider and its number show.
struct KnobState {
  std::optional<int> bits;  ///< none: free, or not known
  BitLimits allowed{1, 1};  ///< of the number
  BitLimits useful{1, 1};   ///< of the slider
  bool may_be_free = false;
  QString blocked;  ///< why it cannot be moved; empty: it can
  QString tip;
};

/// P, M and N in this order.
using KnobStates = std::array<KnobState, 3>;
inline constexpr std::array kKnobs = {Knob::kAccumulator, Knob::kWeights, Knob::kActivations};

/// The widths of a layer, or of the whole network for an empty name. P spans from the least that
/// allows a weight to the data-type bound, over the layers with a target.
[[nodiscard]] KnobStates knobStates(const Experiment& experiment, const std::string& layer);

/// The experiment's quantization with other bits for a layer; unchanged when the network is not
/// sound.
[[nodiscard]] QuantSpec withBits(const Experiment& experiment, const std::string& layer, Knob knob,
                                 std::optional<int> bits);

}  // namespace a2q::views
