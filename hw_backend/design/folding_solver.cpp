// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/folding_solver.h"

#include <fmt/format.h>

#include <algorithm>

#include "hw_backend/design/folding_descent.h"
#include "hw_backend/design/folding_memories.h"

namespace a2q {
namespace {

/// How often prices are changed before a search by prices gives up.
constexpr int kPriceChanges = 24;

/// A resource is worth the same in all of them.
constexpr ResourceVector kEqualWeights{0.25, 0.25, 0.25, 0.25};

}  // namespace

Result<FoldingSolver> FoldingSolver::make(const DesignNetwork& network, BlockCost cost,
                                          const FoldingOverrides& overrides,
                                          const BlockDelay& delay) {
  auto tables = foldingTables(network, cost, delay, overrides);
  if (!tables) return forward(std::move(tables));
  return FoldingSolver(network, std::move(cost), std::move(*tables), !overrides.empty());
}

FoldingSolution FoldingSolver::solutionOf(const FoldingPick& pick) const {
  FoldingSolution solution{*fold(network_, foldingOf(tables_, pick)), {}, false};
  for (const Stage& stage : solution.design.stages) solution.use += cost_(stage.block);
  return solution;
}

FoldingSolution FoldingSolver::descended(FoldingPick pick, const Pace& pace,
                                         const ResourceVector& limit) const {
  constexpr int kRounds = 3;
  FoldingSolution best = solutionOf(pick);
  ResourceVector beyond = best.use + -1.0 * useOf(tables_, pick);
  for (int i = 0; i < kRounds; ++i) {
    if (!fitsIn(best.use, limit)) chooseMemories(tables_, pace, limit, beyond, pick);
    descend(tables_, pace, limit, beyond, pick);
    FoldingSolution next = solutionOf(pick);
    if (distanceTo(next.use, limit) >= distanceTo(best.use, limit)) break;
    beyond = next.use + -1.0 * useOf(tables_, pick);
    best = std::move(next);
  }
  return best;
}

std::optional<double> FoldingSolver::leastArea(const Pace& pace,
                                               const ResourceVector& limit) const {
  const auto cheapest = cheapestPick(tables_, pace, priceOf(kEqualWeights, limit));
  if (!cheapest) return std::nullopt;
  return cheapest->cost / kEqualWeights.lut;
}

FoldingAttempt FoldingSolver::attempt(const Pace& pace, const ResourceVector& limit,
                                      Effort effort) const {
  FoldingAttempt out;
  ResourceVector weight = kEqualWeights;
  std::vector<std::pair<Distance, FoldingPick>> tried;
  const auto keep = [&out, &limit](FoldingSolution solution) {
    const bool nearer =
        !out.solution || distanceTo(solution.use, limit) < distanceTo(out.solution->use, limit);
    if (nearer) out.solution = std::move(solution);
    out.fits = fitsIn(out.solution->use, limit);
  };
  for (int i = 0; i < kPriceChanges; ++i) {
    auto found = cheapestPick(tables_, pace, priceOf(weight, limit));
    if (!found) return {{}, false, true};
    out.impossible = out.impossible || found->cost > 1;
    FoldingSolution solution = solutionOf(found->pick);
    solution.proven = i == 0;
    const bool fits = fitsIn(solution.use, limit);
    weight = raised(weight, solution.use, limit);
    tried.emplace_back(distanceTo(solution.use, limit), found->pick);
    keep(std::move(solution));
    if (fits && i > 0) keep(descended(std::move(found->pick), pace, limit));
    if (fits || (out.impossible && effort == Effort::kDecide)) return out;
  }
  if (out.impossible) return out;
  constexpr std::size_t kDescents = 8;
  std::ranges::sort(tried, {}, [](const auto& one) { return one.first; });
  for (std::size_t i = 0; i < std::min(kDescents, tried.size()) && !out.fits; ++i)
    keep(descended(std::move(tried[i].second), pace, limit));
  return out;
}

tl::unexpected<Error> FoldingSolver::doesNotFit(const std::string& when, const Pace& pace,
                                                const ResourceVector& limit) const {
  const FoldingAttempt closest = attempt(pace, limit, Effort::kClosest);
  const std::string_view verb = closest.impossible ? "does not fit" : "was not made to fit";
  return fail(ErrorCode::kDoesNotFit, fmt::format("'{}' {} {}", network_.name, verb, when),
              fmt::format("{}; the closest uses {}",
                          closest.impossible ? "no folding can"
                                             : "no folding was found that does, nor is it certain "
                                               "that there is none",
                          overuse(closest.solution->use, limit)));
}

tl::unexpected<Error> FoldingSolver::tooFast(const Pace& pace) const {
  const auto enough = std::ranges::partition_point(tables_.intervals, [&](std::int64_t interval) {
    return !cheapestPick(tables_, {interval, pace.delay}, {1, 1, 1, 1});
  });
  const std::string_view how =
      overridden_ ? "with what was asked for the layers" : "fully unfolded";
  return fail(
      ErrorCode::kRateNotReached,
      fmt::format("'{}' cannot take a sample every {} cycles", network_.name, pace.interval),
      fmt::format("{} it takes one every {} cycles", how, *enough));
}

Result<FoldingSolution> FoldingSolver::fastest(const FoldingRequest& request) const {
  const std::vector<std::int64_t>& intervals = tables_.intervals;
  const auto at = [&](std::int64_t interval) {
    return attempt({interval, request.delay}, request.limit);
  };
  FoldingAttempt best = at(intervals.back());
  if (!best.fits)
    return doesNotFit("at any rate", {intervals.back(), request.delay}, request.limit);
  std::size_t low = 0;
  std::size_t high = intervals.size() - 1;
  bool proven = true;
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    FoldingAttempt next = at(intervals[middle]);
    if (next.fits) {
      high = middle;
      best = std::move(next);
    } else {
      low = middle + 1;
      proven = next.impossible;
    }
  }
  best.solution->proven = proven;
  return std::move(*best.solution);
}

Result<FoldingSolution> FoldingSolver::solve(const FoldingRequest& request) const {
  if (!request.interval) return fastest(request);
  const Pace pace{*request.interval, request.delay};
  FoldingAttempt found = attempt(pace, request.limit);
  if (found.fits) return std::move(*found.solution);
  if (!found.solution) return tooFast(pace);
  const std::int64_t longest = tables_.intervals.back();
  if (pace.interval >= longest)
    return doesNotFit("at any rate", {longest, pace.delay}, request.limit);
  return doesNotFit(fmt::format("with a sample every {} cycles", pace.interval), pace,
                    request.limit);
}

}  // namespace a2q
