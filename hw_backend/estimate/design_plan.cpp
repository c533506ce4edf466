// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/estimate/design_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace a2q {
namespace {

/// Solves one request with one model of areas and one of delays.
class Planner {
 public:
  static Result<Planner> make(const PlanRequest& request) {
    const auto areas = resourceModel(request.model, *request.device->family);
    if (!areas) return tl::make_unexpected(areas.error());
    const auto delays = delayModel(*request.device);
    if (!delays) return tl::make_unexpected(delays.error());
    return Planner(request, *areas, **delays);
  }

  Result<DesignPlan> plan(const DesignNetwork& network) const {
    auto solver = FoldingSolver::make(
        network, [this](const Block& block) { return estimate(block, areas_).value; },
        request_.overrides);
    if (!solver) return forward(std::move(solver));
    if (!request_.frames) return solved(*solver, {});
    return request_.clock_hz ? solved(*solver, intervalAt(*request_.clock_hz)) : atRate(*solver);
  }

  /// A design as it is, with its figures.
  DesignPlan planOf(DataflowDesign design, bool proven) const {
    DesignEstimate total = estimate(design, areas_);
    const ClockEstimate clock = estimateClock(design, *request_.device->family, *delays_);
    const double hz = request_.clock_hz.value_or(clock.hz);
    return {std::move(design), std::move(total), request_.device, clock, hz, proven};
  }

 private:
  Planner(const PlanRequest& request, const ResourceModel& areas, const DelayModel& delays)
      : request_(request), areas_(areas), delays_(&delays) {}

  std::int64_t intervalAt(double clock_hz) const {
    const double cycles = std::floor(clock_hz / *request_.frames);
    return cycles < kLongest ? static_cast<std::int64_t>(cycles) : std::int64_t{kLongest};
  }

  Result<DesignPlan> solved(const FoldingSolver& solver,
                            std::optional<std::int64_t> interval) const {
    auto solution = solver.solve({request_.utilisation * request_.device->totals, interval});
    if (!solution) return forward(std::move(solution));
    return planOf(std::move(solution->design), solution->proven);
  }

  /// The largest interval at which a design reaches the rate at its own clock, between that of the
  /// fastest one and what the clock of the smallest one allows. Larger ones are not all slower, so
  /// that bisection may miss one; what it finds reaches the rate.
  Result<DesignPlan> atRate(const FoldingSolver& solver) const {
    auto smallest = solved(solver, std::int64_t{kLongest});
    if (!smallest || smallest->rate() >= *request_.frames) return smallest;
    auto best = solved(solver, {});
    if (!best) return best;
    if (best->rate() < *request_.frames) return tooSlow(solver, *best);
    std::int64_t low = best->design.interval;
    std::int64_t high = std::max(low, intervalAt(std::max(smallest->clock.hz, best->clock.hz)));
    while (low < high) {
      const std::int64_t middle = low + (high - low + 1) / 2;
      auto next = solved(solver, middle);
      if (next && next->rate() >= *request_.frames) {
        best = std::move(next);
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return best;
  }

  /// Why the rate cannot be had: the interval that it needs, at the clock of the fastest design.
  Result<DesignPlan> tooSlow(const FoldingSolver& solver, const DesignPlan& fastest) const {
    auto shorter = solved(solver, intervalAt(fastest.clock.hz));
    if (!shorter) return shorter;
    return fail(ErrorCode::kDoesNotFit,
                fmt::format("'{}' does not reach {:.4g} samples/s", fastest.design.network.name,
                            *request_.frames),
                fmt::format("the fastest design takes a sample every {} cycles at {:.4g} MHz",
                            fastest.design.interval, fastest.clock.hz / 1e6));
  }

  /// Cycles that no sample takes.
  static constexpr std::int64_t kLongest = std::int64_t{1} << 50;

  const PlanRequest& request_;
  ResourceModel areas_;
  const DelayModel* delays_;
};

Result<DesignPlan> planOn(const DesignNetwork& network, const PlanRequest& request) {
  const auto planner = Planner::make(request);
  if (!planner) return tl::make_unexpected(planner.error());
  return planner->plan(network);
}

/// The smallest device by look-up tables, other than that of the request, that holds the design.
const Device* deviceThatFits(const DesignNetwork& network, PlanRequest request) {
  std::vector<const Device*> larger;
  for (const Device& device : devices()) {
    if (&device != request.device) larger.push_back(&device);
  }
  std::ranges::sort(larger, {}, [](const Device* device) { return device->totals.lut; });
  for (const Device* device : larger) {
    request.device = device;
    if (planOn(network, request)) return device;
  }
  return nullptr;
}

/// What would help, in place of the table's remedy.
std::string remedyFor(const DesignNetwork& network, PlanRequest request) {
  std::string text;
  if (const Device* device = deviceThatFits(network, request)) {
    text = fmt::format("The smallest device that holds it is {}. ", device->name);
  } else {
    text = "No device known here holds it. ";
  }
  if (request.frames) {
    request.frames.reset();
    if (const auto slower = planOn(network, request)) {
      text += fmt::format("Here the highest rate is {:.4g} samples/s. ", slower->rate());
    }
  }
  return text + "Narrower accumulators, weights or activations make it smaller.";
}

}  // namespace

Result<DesignPlan> planDesign(const DesignNetwork& network, const PlanRequest& request) {
  auto plan = planOn(network, request);
  if (!plan && plan.error().code == ErrorCode::kDoesNotFit) {
    Error error = std::move(plan).error();
    error.message +=
        fmt::format(" on {} at {:.0f} % of it", request.device->part, 100 * request.utilisation);
    error.remedy = remedyFor(network, request);
    return tl::make_unexpected(std::move(error));
  }
  return plan;
}

Result<DesignPlan> withAccumulators(const DesignPlan& plan, const DesignNetwork& network,
                                    const PlanRequest& request) {
  const auto planner = Planner::make(request);
  if (!planner) return tl::make_unexpected(planner.error());
  auto design = fold(network, plan.design.folding);
  if (!design) return forward(std::move(design));
  return planner->planOf(std::move(*design), true);
}

}  // namespace a2q
