// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/estimate/planner.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "hw_backend/design/folding_descent.h"

namespace a2q {
namespace {

constexpr double kNanoseconds = 1e9;

/// Cycles that no sample takes.
constexpr std::int64_t kLongest = std::int64_t{1} << 50;

}  // namespace

Result<Planner> Planner::make(const PlanRequest& request) {
  const auto areas = resourceModel(request.model, *request.device->family);
  if (!areas) return tl::make_unexpected(areas.error());
  const auto delays = delayModel(*request.device);
  if (!delays) return tl::make_unexpected(delays.error());
  return Planner(request, *areas, **delays);
}

Result<DesignPlan> Planner::plan(const DesignNetwork& network) const {
  const DelayFigures& figures = delays_->figures;
  auto solver = FoldingSolver::make(
      network, [this](const Block& block) { return estimate(block, areas_).value; },
      request_.overrides,
      [&](const Block& block) {
        if (request_.clock_hz) return 0.0;
        return delayOf(slowestPath(block, *request_.device->family, figures), figures);
      });
  if (!solver) return forward(std::move(solver));
  if (!request_.clock_hz) return request_.frames ? leastArea(*solver) : highestRate(*solver);
  if (!request_.frames) return solved(*solver, {});
  return solved(*solver, intervalAt(*request_.clock_hz));
}

DesignPlan Planner::planOf(DataflowDesign design, bool proven) const {
  DesignEstimate total = estimate(design, areas_);
  const ClockEstimate clock = estimateClock(design, *request_.device->family, *delays_);
  const double hz = request_.clock_hz.value_or(clock.hz);
  return {std::move(design), std::move(total), request_.device, clock, hz, proven};
}

std::int64_t Planner::intervalAt(double clock_hz) const {
  const double cycles = std::floor(clock_hz / *request_.frames);
  return cycles < kLongest ? static_cast<std::int64_t>(cycles) : kLongest;
}

Result<DesignPlan> Planner::solved(const FoldingSolver& solver,
                                   std::optional<std::int64_t> interval) const {
  auto solution = solver.solve({.limit = limit_, .interval = interval});
  if (!solution) return forward(std::move(solution));
  return planOf(std::move(solution->design), solution->proven);
}

/// The least interval first, at whatever clock; then each larger one, as long as a clock is
/// possible at which it would be faster still.
Result<DesignPlan> Planner::highestRate(const FoldingSolver& solver) const {
  auto best = solved(solver, {});
  if (!best) return best;
  bool proven = best->proven;
  const std::int64_t least = best->design.interval;
  for (const std::int64_t interval : solver.intervals()) {
    if (interval < least) continue;
    constexpr double kFaster = 1 - 1e-9;
    const auto needed = [&] {
      return kFaster * kNanoseconds / (best->rate() * static_cast<double>(interval));
    };
    while (needed() >= solver.shortestDelay()) {
      FoldingAttempt next = solver.attempt({interval, needed()}, limit_);
      if (!next.fits) {
        proven = proven && next.impossible;
        break;
      }
      DesignPlan plan = planOf(std::move(next.solution->design), true);
      if (plan.rate() <= best->rate()) break;
      best = std::move(plan);
    }
  }
  best->proven = proven;
  return best;
}

/// For every interval the clock that the rate needs, and the smallest design whose paths allow
/// it.
Result<DesignPlan> Planner::leastArea(const FoldingSolver& solver) const {
  const double rate = *request_.frames;
  auto smallest = solved(solver, kLongest);
  if (!smallest || smallest->rate() >= rate) return smallest;
  std::optional<DesignPlan> best;
  double least = std::numeric_limits<double>::infinity();
  bool proven = true;
  std::vector<std::int64_t> intervals = solver.intervals();
  std::ranges::reverse(intervals);
  for (const std::int64_t interval : intervals) {
    const Pace pace{interval, kNanoseconds / (rate * static_cast<double>(interval))};
    if (pace.delay < solver.shortestDelay()) continue;
    const auto bound = solver.leastArea(pace, limit_);
    if (!bound || *bound >= least) continue;
    FoldingAttempt next = solver.attempt(pace, limit_);
    if (!next.fits) {
      proven = proven && next.impossible;
      continue;
    }
    const double area = distanceTo(next.solution->use, limit_).area;
    proven = proven && next.solution->proven;
    DesignPlan plan = planOf(std::move(next.solution->design), true);
    if (area >= least || plan.rate() < rate) continue;
    least = area;
    best = std::move(plan);
  }
  if (!best) return tooSlow(solver);
  best->proven = proven;
  return std::move(*best);
}

/// Why the rate cannot be had: the fastest design.
Result<DesignPlan> Planner::tooSlow(const FoldingSolver& solver) const {
  auto fastest = highestRate(solver);
  if (!fastest || fastest->rate() >= *request_.frames) return fastest;
  return fail(ErrorCode::kDoesNotFit,
              fmt::format("'{}' does not reach {:.4g} samples/s", fastest->design.network.name,
                          *request_.frames),
              fmt::format("the fastest design {} takes a sample every {} cycles at {:.4g} MHz",
                          fastest->proven ? "that fits" : "found that fits",
                          fastest->design.interval, fastest->clock.hz / 1e6));
}

}  // namespace a2q
