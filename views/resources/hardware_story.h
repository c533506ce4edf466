// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <memory>
#include <optional>
#include <vector>

#include "hw_backend/estimate/policy_plan.h"
#include "hw_backend/estimate/synthesis_table.h"

namespace a2q::views {

/// A network on a device as the pane shows it: a value that is replaced, never changed.
struct HardwareStory {
  std::string place;    ///< name of the device or board that was chosen
  PlanRequest request;  ///< its device is never null
  AccumulatorPolicy policy = AccumulatorPolicy::kTarget;
  /// Under `policy`; where nothing fits, the design of the least area. None: `problem` says why.
  std::optional<DesignPlan> plan;
  bool fits = false;        ///< within the share of the device that may be used
  QString problem;          ///< why there is no plan, and what to do; what to do if it does not fit
  bool trained = false;     ///< exact ranges of weights are known
  bool is_preview = false;  ///< of bits that a person tries in the inspector
  /// What is known of the blocks of `plan`; none where that is nothing.
  std::optional<DesignSynthesis> synthesis;
  std::vector<PolicyPlan> policies;  ///< in the order of kAccumulatorPolicies; empty without a plan
};
using HardwarePointer = std::shared_ptr<const HardwareStory>;

}  // namespace a2q::views
