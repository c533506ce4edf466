// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/network/experiment.h"

namespace a2q {

/// Edits of a specification as pure functions. Each returns a copy that was checked with
/// inferShapes() and planQuantization(), so that what is returned can be trained, or says why not
/// (the errors of those two, and kUsage or kSpecValue of the edit itself).

/// The two checks alone.
[[nodiscard]] Status checkSound(const Experiment& experiment);

/// Whether a layer with weights follows the policy of the first or of the last such layer; one
/// that is both is the first.
enum class EdgeRole { kHidden, kFirst, kLast };

/// kHidden for layers without weights, for names that are not there and for networks that are not
/// sound.
[[nodiscard]] EdgeRole edgeRoleOf(const NetworkSpec& network, std::string_view name);

/// All that a person can set for one layer.
struct LayerSettings {
  LayerKind kind;
  QuantOverride change;            ///< an empty one removes the entry in QuantSpec::layers
  std::optional<EdgePolicy> edge;  ///< replaces the policy of the first or last layer, if it is one
};

/// The settings as they are. Errors: kGraphReference when there is no such layer.
[[nodiscard]] Result<LayerSettings> settingsOf(const Experiment& experiment, std::string_view name);

/// Replaces the settings of a layer, not its name and inputs. A new sign of an activation goes to
/// all that share its scale: they cannot differ.
[[nodiscard]] Result<Experiment> setLayer(const Experiment& experiment, std::string_view name,
                                          const LayerSettings& settings);

/// Renames a layer with everything that refers to it: inputs, shared scales, overrides.
[[nodiscard]] Result<Experiment> renameLayer(const Experiment& experiment, std::string_view name,
                                             const std::string& new_name);

/// Removes a layer; those behind it take its input. Refused for the input, the output, layers with
/// several inputs, and activations whose scale others share.
[[nodiscard]] Result<Experiment> removeLayer(const Experiment& experiment, std::string_view name);

struct NewLayer {
  std::string name;
  LayerKind kind;
};

/// Puts a chain of layers between a layer and the only one behind it. Refused behind the output and
/// where the result goes to several layers: the place would be ambiguous.
[[nodiscard]] Result<Experiment> insertAfter(const Experiment& experiment, std::string_view name,
                                             const std::vector<NewLayer>& chain);

/// "conv3", or the next number that no layer of the network has.
[[nodiscard]] std::string freeLayerName(const NetworkSpec& network, std::string_view stem);

}  // namespace a2q
