// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/folding_solver.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "hw_backend/design/folding_prices.h"
#include "hw_backend/design/pairwise_minimum.h"

namespace a2q {
namespace {

/// How often prices are changed before a search gives up.
constexpr int kPriceChanges = 24;

}  // namespace

Result<FoldingSolver> FoldingSolver::make(const DesignNetwork& network, BlockCost cost,
                                          const FoldingOverrides& overrides) {
  auto tables = foldingTables(network, cost, overrides);
  if (!tables) return forward(std::move(tables));
  return FoldingSolver(network, std::move(cost), std::move(*tables));
}

std::optional<FoldingSpec> FoldingSolver::cheapest(std::int64_t interval,
                                                   const ResourceVector& price,
                                                   double& cost) const {
  PairwiseProblem problem;
  for (const FoldingVariable& variable : tables_.variables) {
    problem.single.push_back(priced(variable.cells, interval, price));
  }
  for (const FoldingPair& pair : tables_.pairs) {
    problem.pairs.push_back({pair.a, pair.b, priced(pair.cells, interval, price)});
  }
  const auto answer = minimise(problem);
  if (!answer) return std::nullopt;
  cost = answer->cost;
  FoldingSpec folding{std::vector<LayerFolding>(network_.layers.size())};
  const auto choose = [&](LayerFolding& layer, const FoldingCell& cell) {
    if (windowInBlock(cell, price)) layer.window = MemoryStyle::kBlock;
    const UnitChoice* unit = cheapestUnit(cell, interval, price);
    if (unit == nullptr) return;
    layer.weights = unit->weights;
    layer.thresholds = unit->thresholds;
    layer.threshold_memory = unit->threshold_memory;
  };
  for (std::size_t i = 0; i < tables_.variables.size(); ++i) {
    const FoldingVariable& variable = tables_.variables[i];
    LayerFolding& layer = folding.layers[variable.layer];
    (variable.is_simd ? layer.simd : layer.pe) = variable.values[answer->values[i]];
    choose(layer, variable.cells[answer->values[i]]);
  }
  for (const FoldingPair& pair : tables_.pairs) {
    const FoldingVariable& a = tables_.variables[pair.a];
    const FoldingVariable& b = tables_.variables[pair.b];
    if (a.layer != b.layer) continue;
    choose(folding.layers[a.layer],
           pair.cells[answer->values[pair.a] * b.values.size() + answer->values[pair.b]]);
  }
  return folding;
}

FoldingSolution FoldingSolver::solutionOf(const FoldingSpec& folding) const {
  FoldingSolution solution{*fold(network_, folding), {}, false};
  for (const Stage& stage : solution.design.stages) solution.use += cost_(stage.block);
  return solution;
}

std::optional<FoldingSolution> FoldingSolver::mixed(const FoldingSpec& front,
                                                    const FoldingSpec& back,
                                                    const ResourceVector& limit) const {
  FoldingSpec mix = back;
  for (std::size_t i = 0; i < mix.layers.size(); ++i) {
    if (mix.layers[i] == front.layers[i]) continue;
    mix.layers[i] = front.layers[i];
    FoldingSolution solution = solutionOf(mix);
    if (fitsIn(solution.use, limit)) return solution;
  }
  return std::nullopt;
}

FoldingSolver::Attempt FoldingSolver::attempt(std::int64_t interval, const ResourceVector& limit,
                                              Effort effort) const {
  Attempt out;
  ResourceVector weight{0.25, 0.25, 0.25, 0.25};
  std::map<std::string_view, FoldingSpec> over;  // the last folding that overused a resource most
  for (int i = 0; i < kPriceChanges; ++i) {
    double cost = 0;
    const auto folding = cheapest(interval, priceOf(weight, limit), cost);
    if (!folding) return {{}, false, true};
    out.impossible = out.impossible || cost > 1;
    FoldingSolution solution = solutionOf(*folding);
    solution.proven = i == 0;
    out.fits = fitsIn(solution.use, limit);
    weight = raised(weight, solution.use, limit);
    const MostUsed used = mostUsed(solution.use, limit);
    over[used.name] = *folding;
    if (!out.solution || used.share < mostUsed(out.solution->use, limit).share) {
      out.solution = std::move(solution);
    }
    if (out.fits || (out.impossible && effort == Effort::kDecide)) return out;
  }
  if (out.impossible) return out;
  for (const auto& [a, front] : over) {
    for (const auto& [b, back] : over) {
      if (a == b) continue;
      if (auto solution = mixed(front, back, limit)) return {std::move(solution), true, false};
    }
  }
  return out;
}

tl::unexpected<Error> FoldingSolver::doesNotFit(const std::string& when, std::int64_t interval,
                                                const ResourceVector& limit) const {
  const Attempt closest = attempt(interval, limit, Effort::kClosest);
  return fail(ErrorCode::kDoesNotFit, fmt::format("'{}' does not fit {}", network_.name, when),
              fmt::format("{}; the closest uses {}",
                          closest.impossible ? "no folding can" : "no folding was found that does",
                          overuse(closest.solution->use, limit)));
}

Result<FoldingSolution> FoldingSolver::fastest(const ResourceVector& limit) const {
  const std::vector<std::int64_t>& intervals = tables_.intervals;
  Attempt best = attempt(intervals.back(), limit, Effort::kDecide);
  if (!best.fits) return doesNotFit("at any rate", intervals.back(), limit);
  std::size_t low = 0;
  std::size_t high = intervals.size() - 1;
  bool proven = true;
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    Attempt next = attempt(intervals[middle], limit, Effort::kDecide);
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
  if (!request.interval) return fastest(request.limit);
  Attempt found = attempt(*request.interval, request.limit, Effort::kDecide);
  if (found.fits) return std::move(*found.solution);
  if (!found.solution) {
    const auto enough = std::ranges::partition_point(tables_.intervals, [&](std::int64_t interval) {
      double cost = 0;
      return !cheapest(interval, {1, 1, 1, 1}, cost);
    });
    return fail(
        ErrorCode::kDoesNotFit,
        fmt::format("'{}' cannot take a sample every {} cycles", network_.name, *request.interval),
        fmt::format("fully unfolded it takes one every {} cycles", *enough),
        "Ask for a lower rate, or raise the clock.");
  }
  const std::int64_t longest = tables_.intervals.back();
  if (*request.interval >= longest) return doesNotFit("at any rate", longest, request.limit);
  return doesNotFit(fmt::format("with a sample every {} cycles", *request.interval),
                    *request.interval, request.limit);
}

}  // namespace a2q
