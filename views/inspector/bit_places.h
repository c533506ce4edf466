// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/network/experiment.h"
#include "core/network/graph.h"

namespace a2q::views {

/// Which width a person moves.
enum class Knob { kAccumulator, kWeights, kActivations };

/// Where a width stands in a QuantSpec.
struct BitPlace {
  enum class Table { kDefault, kFirst, kLast, kOverride };
  Table table = Table::kDefault;
  std::string layer;                  ///< of an override
  std::optional<BitWidth> inherited;  ///< what holds while the override does not say otherwise

  /// "quant.first.weight_bits".
  [[nodiscard]] std::string key(Knob knob) const;
};

/// Finds the places in which P, M and N of a layer stand: the defaults for the whole network, an
/// edge policy for the first and the last layer with weights unless an override says otherwise,
/// and an override for the others. N of a layer with weights is that of the activations before it.
class BitPlaces {
 public:
  /// Keeps a reference to the experiment, whose graph is sound.
  BitPlaces(const Experiment& experiment, const NetworkGraph& graph);

  /// Empty when the layer has no such width of its own; an empty name is the whole network.
  [[nodiscard]] std::vector<BitPlace> places(const std::string& layer, Knob knob) const;
  /// What stands there; none: free.
  [[nodiscard]] std::optional<BitWidth> read(const BitPlace& place, Knob knob) const;
  /// Whether the width may be missing: P of an edge policy.
  [[nodiscard]] static bool mayBeFree(const BitPlace& place, Knob knob);
  /// The experiment's QuantSpec with other bits for a layer.
  [[nodiscard]] QuantSpec with(const std::string& layer, Knob knob,
                               std::optional<BitWidth> bits) const;

 private:
  [[nodiscard]] const LayerSpec& spec(std::size_t node) const;
  [[nodiscard]] std::optional<std::size_t> nodeOf(const std::string& layer) const;
  [[nodiscard]] const QuantOverride* overrideOf(const std::string& layer) const;
  [[nodiscard]] BitPlace weightPlace(std::size_t node, Knob knob) const;
  [[nodiscard]] BitPlace activationPlace(std::size_t node) const;

  const Experiment& experiment_;
  const NetworkGraph& graph_;
  std::optional<std::size_t> first_;
  std::optional<std::size_t> last_;
};

}  // namespace a2q::views
