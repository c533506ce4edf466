// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/bounds/accumulator_policy.h"
#include "hw_backend/estimate/design_plan.h"

namespace a2q::cli {

/// A policy for accumulators: what it makes of a design.
struct PolicyEstimate {
  AccumulatorPolicy policy = AccumulatorPolicy::kTarget;
  std::optional<DesignPlan> same_folding;  ///< the folding of the report, other accumulators
  std::optional<DesignPlan> own_folding;   ///< the request solved for these accumulators
  std::string reason;                      ///< why there is none
};

/// What synthesis made of the layers of a design.
struct DesignSynthesis {
  std::vector<ResourceVector> layers;  ///< in the order of DataflowDesign::network.layers
  std::string tool;
};

/// An estimate: the design under one policy, and all that were asked for side by side.
struct EstimateReport {
  PlanRequest request;
  AccumulatorPolicy policy = AccumulatorPolicy::kTarget;
  DesignPlan plan;
  bool trained = false;
  std::vector<PolicyEstimate> policies;

  [[nodiscard]] ResourceVector limit() const {
    return request.utilisation * request.device->totals;
  }
};

/// Registers are 0 in models that do not estimate them.
[[nodiscard]] nlohmann::ordered_json resourcesJson(const ResourceVector& use);

[[nodiscard]] std::string estimateText(const EstimateReport& report);

/// Schema a2q-estimate-1.
[[nodiscard]] nlohmann::ordered_json estimateJson(const EstimateReport& report);

}  // namespace a2q::cli
