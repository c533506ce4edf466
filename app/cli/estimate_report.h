// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "hw_backend/estimate/policy_plan.h"

namespace a2q::cli {

/// An estimate: the design under one policy, and all that were asked for side by side.
struct EstimateReport {
  PlanRequest request;
  AccumulatorPolicy policy = AccumulatorPolicy::kTarget;
  DesignPlan plan;
  bool trained = false;
  std::vector<PolicyPlan> policies;

  [[nodiscard]] ResourceVector limit() const {
    return request.utilisation * request.device->totals;
  }
};

[[nodiscard]] nlohmann::ordered_json resourcesJson(const ResourceVector& use);

/// The same of an estimate: registers are null where the model does not know them.
[[nodiscard]] nlohmann::ordered_json estimatedJson(const ResourceVector& use, ModelKind model);

[[nodiscard]] std::string estimateText(const EstimateReport& report);

/// Schema a2q-estimate-1.
[[nodiscard]] nlohmann::ordered_json estimateJson(const EstimateReport& report);

}  // namespace a2q::cli
