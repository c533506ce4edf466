// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hw_backend/estimate/design_plan.h"

namespace a2q {

/// Solves one request with one model of areas and one of delays; the request outlives it.
class Planner {
 public:
  /// Errors: those of resourceModel() and delayModel().
  static Result<Planner> make(const PlanRequest& request);

  /// As planDesign(), without what would help.
  [[nodiscard]] Result<DesignPlan> plan(const DesignNetwork& network) const;

  /// A design as it is, with its figures.
  [[nodiscard]] DesignPlan planOf(DataflowDesign design, bool proven) const;

 private:
  Planner(const PlanRequest& request, const ResourceModel& areas, const DelayModel& delays)
      : request_(request),
        areas_(areas),
        delays_(&delays),
        limit_(request.utilisation * request.device->totals) {}

  [[nodiscard]] std::int64_t intervalAt(double clock_hz) const;
  [[nodiscard]] Result<DesignPlan> solved(const FoldingSolver& solver,
                                          std::optional<std::int64_t> interval) const;
  [[nodiscard]] Result<DesignPlan> highestRate(const FoldingSolver& solver) const;
  [[nodiscard]] Result<DesignPlan> leastArea(const FoldingSolver& solver) const;
  [[nodiscard]] Result<DesignPlan> tooSlow(const FoldingSolver& solver) const;

  const PlanRequest& request_;
  ResourceModel areas_;
  const DelayModel* delays_;
  ResourceVector limit_;
};

}  // namespace a2q
