// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "core/bounds/accumulator_policy.h"
#include "hw_backend/estimate/design_plan.h"

namespace a2q {

/// What one policy for accumulators makes of a design.
struct PolicyPlan {
  AccumulatorPolicy policy = AccumulatorPolicy::kTarget;
  std::optional<DesignPlan> same_folding;  ///< the folding of the main plan, other accumulators
  std::optional<DesignPlan> own_folding;   ///< the request solved for these accumulators
  std::optional<Error> error;              ///< why one of them is missing
};

/// The policy that needs the fewest bits among those that the network can have.
[[nodiscard]] AccumulatorPolicy narrowestPolicy(const DesignNetwork& network);

/// A policy beside `main`, the plan of the request under `main_policy`.
[[nodiscard]] PolicyPlan planPolicy(const DesignNetwork& network, const PlanRequest& request,
                                    AccumulatorPolicy policy, const DesignPlan& main,
                                    AccumulatorPolicy main_policy);

/// The least area at any rate, whether the device has that much or not. Errors: those of
/// FoldingSolver, but for kDoesNotFit.
[[nodiscard]] Result<DesignPlan> smallestPlan(const DesignNetwork& network, PlanRequest request);

/// A network of a specification with the exact ranges of weights that were trained for it: layers
/// are found by their names. Without the ranges of every layer with weights nothing changes.
[[nodiscard]] DesignNetwork withExactRanges(DesignNetwork network, const Certificate& certificate);

}  // namespace a2q
