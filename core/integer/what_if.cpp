// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/what_if.h"

#include <algorithm>
#include <utility>

#include "core/integer/requantize.h"

namespace a2q {
namespace {

bool sameLayers(const std::vector<LayerFacts>& a, const std::vector<LayerFacts>& b) {
  return std::ranges::equal(a, b, {}, &LayerFacts::layer, &LayerFacts::layer);
}

}  // namespace

Result<std::vector<LayerFacts>> factsOf(const Experiment& experiment,
                                        const std::vector<LayerSnapshot>& layers) {
  const auto graph = inferShapes(experiment.network);
  if (!graph) return tl::make_unexpected(graph.error());
  const auto plan = planQuantization(experiment.network, *graph, experiment.quant);
  if (!plan) return tl::make_unexpected(plan.error());
  std::vector<LayerFacts> facts = plannedFacts(experiment.network, *graph, *plan);
  for (LayerFacts& layer : facts) {
    const auto found = std::ranges::find(layers, layer.layer, &LayerSnapshot::layer);
    if (found != layers.end()) layer.norms = normFacts(layer, {found->channels, found->zeros});
  }
  return facts;
}

Result<WhatIf> previewNorms(const Experiment& before, const std::vector<LayerSnapshot>& layers,
                            const Experiment& after) {
  auto present = factsOf(before, layers);
  if (!present) return forward(std::move(present));
  auto changed = factsOf(after, layers);
  if (!changed) return forward(std::move(changed));
  if (!sameLayers(*present, *changed)) {
    return fail(ErrorCode::kSpecValue, "the two networks have different layers", {},
                "Compare one network under two sets of bits.");
  }
  const bool known = std::ranges::any_of(
      *present, [](const LayerFacts& layer) { return layer.norms.has_value(); });
  return WhatIf{known ? WhatIfBasis::kNorms : WhatIfBasis::kPlan, std::move(*present),
                std::move(*changed)};
}

Result<Projection> previewBounds(const TrainedNetwork& trained,
                                 const std::vector<LayerFacts>& before, const Experiment& after) {
  auto network = requantize(trained, after);
  if (!network) return forward(std::move(network));
  WhatIf bounds{WhatIfBasis::kWeights, before, trainedFacts(*network)};
  return Projection{std::move(bounds), std::move(*network)};
}

}  // namespace a2q
