// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inspector/knob_state.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>

#include "core/bounds/accumulator_bounds.h"
#include "core/network/quant_plan.h"

namespace a2q::views {
namespace {

/// Texts of the knobs, for translation.
class Words {
  Q_DECLARE_TR_FUNCTIONS(Knobs)
};

BitLimits limitsOf(Knob knob) {
  if (knob == Knob::kAccumulator) return kAccumulatorBits;
  return knob == Knob::kWeights ? kWeightBits : kActivationBits;
}

/// The plan with the widest P everywhere, so that it exists whatever P is wanted.
std::optional<QuantPlan> widestPlan(const Experiment& experiment, const NetworkGraph& graph) {
  QuantSpec quant = experiment.quant;
  const BitWidth widest{kAccumulatorBits.most};
  quant.accumulator_bits = widest;
  for (EdgePolicy* edge : {&quant.first, &quant.last}) {
    if (edge->accumulator_bits) edge->accumulator_bits = widest;
  }
  for (auto& [name, change] : quant.layers) {
    if (change.accumulator_bits) change.accumulator_bits = widest;
  }
  auto plan = planQuantization(experiment.network, graph, quant);
  if (!plan) return std::nullopt;
  return std::move(*plan);
}

/// From the least useful P to the data-type bound of the layer, or over all layers with a target.
BitLimits usefulAccumulators(const Experiment& experiment, const NetworkGraph& graph,
                             const std::string& layer) {
  const auto plan = widestPlan(experiment, graph);
  if (!plan) return kAccumulatorBits;
  int least = kAccumulatorBits.most;
  int most = kAccumulatorBits.least;
  for (const WeightPlan& weights : plan->weights) {
    const std::string& name = experiment.network.layers[graph.nodes[weights.node].layer].name;
    if (layer.empty() ? !weights.accumulator : name != layer) continue;
    const L1Rule rule = weights.rule.value_or(L1Rule::kA2q);
    least = std::min(least, leastUsefulAccumulator(rule, weights.input_format).bits);
    most = std::max(most, dataTypeBound(weights.k, weights.weight_bits, weights.input_format).bits);
  }
  least = std::clamp(least, kAccumulatorBits.least, kAccumulatorBits.most);
  most = std::clamp(most, kAccumulatorBits.least, kAccumulatorBits.most);
  return least <= most ? BitLimits{least, most} : kAccumulatorBits;
}

QString blockedText(const Experiment& experiment, const std::string& layer, Knob knob) {
  const auto found = std::ranges::find(experiment.network.layers, layer, &LayerSpec::name);
  if (found == experiment.network.layers.end()) return Words::tr("There is no such layer.");
  if (std::holds_alternative<ActivationLayer>(found->kind)) {
    return Words::tr("An activation has N bits only; M and P are those of layers with weights.");
  }
  if (!hasWeights(*found)) return Words::tr("This layer has no bits of its own.");
  if (knob == Knob::kActivations) {
    return Words::tr("N of this layer is that of the network's input, which the data need.");
  }
  return {};
}

QString tipOf(const std::vector<BitPlace>& places, Knob knob, BitLimits useful) {
  QStringList keys;
  for (const BitPlace& place : places) keys << QString::fromStdString(place.key(knob));
  const QString key = keys.join(QStringLiteral(", "));
  switch (knob) {
    case Knob::kAccumulator:
      return Words::tr(
                 "P, bits of the accumulator (%1). Below %2 no weight but zero is allowed; "
                 "from %3 on, the data-type bound, no weights can overflow [bound].")
          .arg(key)
          .arg(useful.least)
          .arg(useful.most);
    case Knob::kWeights:
      return Words::tr("M, bits of the weights: integers in ±(2^(M−1) − 1) (%1).").arg(key);
    case Knob::kActivations:
      return Words::tr("N, bits of the codes that enter the layer (%1).").arg(key);
  }
  return {};
}

KnobState stateOf(const BitPlaces& all, const Experiment& experiment, const NetworkGraph& graph,
                  const std::string& layer, Knob knob) {
  KnobState state;
  state.allowed = state.useful = limitsOf(knob);
  const auto places = all.places(layer, knob);
  if (experiment.quant.method == QuantMethod::kFloat) {
    state.blocked = Words::tr("A float network has no bits; choose another method.");
  } else if (places.empty()) {
    state.blocked = blockedText(experiment, layer, knob);
  }
  if (places.empty()) return state;
  const auto bits = all.read(places.front(), knob);
  if (bits) state.bits = bits->bits;
  state.may_be_free = BitPlaces::mayBeFree(places.front(), knob);
  if (knob == Knob::kAccumulator) state.useful = usefulAccumulators(experiment, graph, layer);
  state.tip = tipOf(places, knob, state.useful);
  return state;
}

}  // namespace

KnobStates knobStates(const Experiment& experiment, const std::string& layer) {
  KnobStates states;
  const auto graph = inferShapes(experiment.network);
  for (std::size_t i = 0; i < kKnobs.size(); ++i) {
    if (graph) {
      const BitPlaces places(experiment, *graph);
      states[i] = stateOf(places, experiment, *graph, layer, kKnobs[i]);
    } else {
      states[i].allowed = states[i].useful = limitsOf(kKnobs[i]);
      states[i].blocked = Words::tr("The network has an error.");
    }
  }
  return states;
}

QuantSpec withBits(const Experiment& experiment, const std::string& layer, Knob knob,
                   std::optional<int> bits) {
  const auto graph = inferShapes(experiment.network);
  if (!graph) return experiment.quant;
  const std::optional<BitWidth> width = bits ? std::optional(BitWidth{*bits}) : std::nullopt;
  return BitPlaces(experiment, *graph).with(layer, knob, width);
}

}  // namespace a2q::views
