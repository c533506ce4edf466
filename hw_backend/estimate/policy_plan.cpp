// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/estimate/policy_plan.h"

#include <algorithm>

namespace a2q {

AccumulatorPolicy narrowestPolicy(const DesignNetwork& network) {
  if (underPolicy(network, AccumulatorPolicy::kTarget)) return AccumulatorPolicy::kTarget;
  return network.trained ? AccumulatorPolicy::kMinimised : AccumulatorPolicy::kDataType;
}

PolicyPlan planPolicy(const DesignNetwork& network, const PlanRequest& request,
                      AccumulatorPolicy policy, const DesignPlan& main,
                      AccumulatorPolicy main_policy) {
  PolicyPlan out{policy, {}, {}, {}};
  const auto wide = underPolicy(network, policy);
  if (!wide) {
    out.error = wide.error();
    return out;
  }
  if (auto same = withAccumulators(main, *wide, request)) out.same_folding = std::move(*same);
  if (policy == main_policy) {
    out.own_folding = main;
  } else if (auto own = findPlan(*wide, request)) {
    out.own_folding = std::move(*own);
  } else {
    out.error = std::move(own).error();
  }
  return out;
}

Result<DesignPlan> smallestPlan(const DesignNetwork& network, PlanRequest request) {
  constexpr double kAnyArea = 1e6;
  request.utilisation = kAnyArea;
  request.frames = kAnyRate;
  return findPlan(network, request);
}

DesignNetwork withExactRanges(DesignNetwork network, const Certificate& certificate) {
  DesignNetwork out = network;
  for (DesignLayer& layer : out.layers) {
    if (!layer.hasWeights()) continue;
    const auto bound = std::ranges::find(certificate.layers, layer.name, &LayerBound::layer);
    if (bound == certificate.layers.end()) return network;
    layer.choice.minimised = bound->smallest;
  }
  out.trained = true;
  return out;
}

}  // namespace a2q
