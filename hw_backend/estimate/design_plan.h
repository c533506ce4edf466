// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "hw_backend/design/folding_solver.h"
#include "hw_backend/estimate/clock_estimate.h"
#include "hw_backend/estimate/design_estimate.h"

namespace a2q {

/// What a design is wanted for.
struct PlanRequest {
  const Device* device = nullptr;
  ModelKind model = ModelKind::kCalibrated;
  double utilisation = 0.7;        ///< share of each resource that may be used, 0..1
  std::optional<double> clock_hz;  ///< none: what the design is estimated to reach
  std::optional<double> frames;    ///< samples a second, for the least area; none: the highest rate
  FoldingOverrides overrides;
};

/// A rate that every design has, samples a second.
inline constexpr double kAnyRate = 1e-3;

/// A design on a device.
struct DesignPlan {
  DataflowDesign design;
  DesignEstimate estimate;
  const Device* device = nullptr;
  ClockEstimate clock;  ///< what the design is estimated to reach
  double clock_hz = 0;  ///< that it runs at: what was asked for, or the estimate
  bool proven = true;   ///< whether no other folding can be better, by the models

  /// Samples a second, clock / interval, and seconds from a sample to its result.
  [[nodiscard]] double rate() const { return clock_hz / static_cast<double>(design.interval); }
  [[nodiscard]] double latency() const { return static_cast<double>(design.latency) / clock_hz; }
};

/// The folding that solves the request: the highest rate, or the least area (Σ use/limit over the
/// resources) at a rate. Without a given clock, interval and clock are searched together, since a
/// design that is unfolded further has longer paths: for each interval that a block can have, the
/// blocks whose paths are short enough. Errors: those of FoldingSolver and delayModel();
/// kDoesNotFit also says what would fit: more of the device, the smallest other one that does, or
/// the highest rate on this one.
[[nodiscard]] Result<DesignPlan> planDesign(const DesignNetwork& network,
                                            const PlanRequest& request);

/// The same without looking for what would fit, for tables of many plans: errors say by how much a
/// design does not fit, and no more.
[[nodiscard]] Result<DesignPlan> findPlan(const DesignNetwork& network, const PlanRequest& request);

/// The same folding under other accumulators: what P alone changes. Without a clock asked for it
/// runs at its own.
[[nodiscard]] Result<DesignPlan> withAccumulators(const DesignPlan& plan,
                                                  const DesignNetwork& network,
                                                  const PlanRequest& request);

}  // namespace a2q
