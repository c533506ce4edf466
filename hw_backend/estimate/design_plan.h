// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "hw_backend/design/folding_solver.h"
#include "hw_backend/estimate/design_estimate.h"

namespace a2q {

/// What a design is wanted for.
struct PlanRequest {
  const Device* device = nullptr;
  ModelKind model = ModelKind::kCalibrated;
  double utilisation = 0.7;        ///< share of each resource that may be used, 0..1
  std::optional<double> clock_hz;  ///< none: the middle of what the device usually reaches
  std::optional<double> frames;    ///< samples a second, for the least area; none: the highest rate
  FoldingOverrides overrides;
};

/// A design on a device.
struct DesignPlan {
  DataflowDesign design;
  DesignEstimate estimate;
  const Device* device = nullptr;
  double clock_hz = 0;
  bool proven = true;  ///< FoldingSolution::proven

  /// Samples a second, clock / interval, and seconds from a sample to its result.
  [[nodiscard]] double rate() const { return clock_hz / static_cast<double>(design.interval); }
  [[nodiscard]] double latency() const { return static_cast<double>(design.latency) / clock_hz; }
};

[[nodiscard]] double clockOf(const PlanRequest& request);

/// The folding that solves the request. Errors: those of FoldingSolver; kDoesNotFit also says what
/// would fit: the smallest device that does, or the highest rate on this one.
[[nodiscard]] Result<DesignPlan> planDesign(const DesignNetwork& network,
                                            const PlanRequest& request);

/// The same folding under other accumulators: what P alone changes.
[[nodiscard]] Result<DesignPlan> withAccumulators(const DesignPlan& plan,
                                                  const DesignNetwork& network, ModelKind model);

}  // namespace a2q
