// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/integer/layer_facts.h"
#include "core/network/experiment.h"
#include "core/training/run_record.h"

namespace a2q {

/// What a preview was computed from.
enum class WhatIfBasis {
  kPlan,     ///< no weights: budgets only
  kNorms,    ///< S⁺ and S⁻ as they are; the weights under another M are not known
  kWeights,  ///< trained weights, carried over by requantize()
};

/// Every layer with weights before and after a change of M, N, P or the method; the same layers in
/// the same order.
struct WhatIf {
  WhatIfBasis basis = WhatIfBasis::kPlan;
  std::vector<LayerFacts> before;
  std::vector<LayerFacts> after;
};

/// The layers of an experiment with the norms of a running training, as they stand.
/// Errors: those of inferShapes() and planQuantization().
[[nodiscard]] Result<std::vector<LayerFacts>> factsOf(const Experiment& experiment,
                                                      const std::vector<LayerSnapshot>& layers);

/// The change for a network without weights, or for one of which only the norms are known: the
/// present S⁺ and S⁻ under the new P and N. Errors: as above; kSpecValue for other layers.
[[nodiscard]] Result<WhatIf> previewNorms(const Experiment& before,
                                          const std::vector<LayerSnapshot>& layers,
                                          const Experiment& after);

/// The change for trained weights, and the network it makes of them.
struct Projection {
  WhatIf bounds;
  TrainedNetwork network;
};

/// Errors: those of requantize(). `before`: trainedFacts() of `trained`, which a caller that asks
/// more than once keeps.
[[nodiscard]] Result<Projection> previewBounds(const TrainedNetwork& trained,
                                               const std::vector<LayerFacts>& before,
                                               const Experiment& after);

}  // namespace a2q
