// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/folding_pick.h"

#include <utility>

#include "hw_backend/design/pairwise_minimum.h"

namespace a2q {
namespace {

const FoldingCell& cellOf(const FoldingTables& tables, std::size_t variable,
                          const FoldingPick& pick) {
  return tables.variables[variable].cells[pick.values[variable]];
}

/// The blocks of a layer, without converters.
ResourceVector ownUse(const FoldingTables& tables, std::size_t layer, const FoldingPick& pick) {
  const LayerSite& site = tables.layers[layer];
  const FoldingPick::Layer& chosen = pick.layers[layer];
  ResourceVector use = cellOf(tables, site.given, pick).fixed;
  if (site.taken != site.given) use += cellOf(tables, site.taken, pick).fixed;
  use += windowCell(tables, layer, pick).window[static_cast<std::size_t>(chosen.window)].use;
  const FoldingCell& unit = unitCell(tables, layer, pick);
  if (site.unit) use += unit.fixed;
  if (!unit.units.empty()) use += unit.units[chosen.unit].use;
  return use;
}

PairwiseProblem problemOf(const FoldingTables& tables, const Pace& pace,
                          const ResourceVector& price) {
  PairwiseProblem problem;
  problem.single.reserve(tables.variables.size());
  for (const FoldingVariable& variable : tables.variables)
    problem.single.push_back(priced(variable.cells, pace, price));
  problem.pairs.reserve(tables.pairs.size());
  for (const FoldingPair& pair : tables.pairs)
    problem.pairs.push_back({pair.a, pair.b, priced(pair.cells, pace, price)});
  return problem;
}

}  // namespace

const FoldingCell& pairCell(const FoldingTables& tables, std::size_t pair,
                            const FoldingPick& pick) {
  const FoldingPair& one = tables.pairs[pair];
  return one.cells[pick.values[one.a] * tables.variables[one.b].values.size() + pick.values[one.b]];
}

const FoldingCell& unitCell(const FoldingTables& tables, std::size_t layer,
                            const FoldingPick& pick) {
  const LayerSite& site = tables.layers[layer];
  return site.unit ? pairCell(tables, *site.unit, pick) : cellOf(tables, site.given, pick);
}

const FoldingCell& windowCell(const FoldingTables& tables, std::size_t layer,
                              const FoldingPick& pick) {
  return cellOf(tables, tables.layers[layer].taken, pick);
}

FoldingSpec foldingOf(const FoldingTables& tables, const FoldingPick& pick) {
  FoldingSpec folding{std::vector<LayerFolding>(tables.layers.size())};
  for (std::size_t i = 0; i < tables.layers.size(); ++i) {
    const LayerSite& site = tables.layers[i];
    LayerFolding& layer = folding.layers[i];
    layer.pe = tables.variables[site.given].values[pick.values[site.given]];
    if (site.taken != site.given)
      layer.simd = tables.variables[site.taken].values[pick.values[site.taken]];
    layer.window = pick.layers[i].window;
    const FoldingCell& cell = unitCell(tables, i, pick);
    if (cell.units.empty()) continue;
    const UnitChoice& unit = cell.units[pick.layers[i].unit];
    layer.weights = unit.weights;
    layer.thresholds = unit.thresholds;
    layer.threshold_memory = unit.threshold_memory;
  }
  return folding;
}

ResourceVector useOf(const FoldingTables& tables, const FoldingPick& pick) {
  ResourceVector use;
  for (std::size_t i = 0; i < tables.layers.size(); ++i) use += ownUse(tables, i, pick);
  for (std::size_t i = 0; i < tables.pairs.size(); ++i) {
    const FoldingPair& pair = tables.pairs[i];
    const bool converts = tables.variables[pair.a].layer != tables.variables[pair.b].layer;
    if (converts) use += pairCell(tables, i, pick).fixed;
  }
  return use;
}

ResourceVector useOf(const FoldingTables& tables, std::size_t layer, const FoldingPick& pick) {
  ResourceVector use = ownUse(tables, layer, pick);
  for (const std::size_t pair : tables.layers[layer].converters)
    use += pairCell(tables, pair, pick).fixed;
  return use;
}

std::optional<CheapestPick> cheapestPick(const FoldingTables& tables, const Pace& pace,
                                         const ResourceVector& price) {
  auto answer = minimise(problemOf(tables, pace, price));
  if (!answer) return std::nullopt;
  CheapestPick out{{std::move(answer->values), {}}, answer->cost};
  out.pick.layers.resize(tables.layers.size());
  for (std::size_t i = 0; i < tables.layers.size(); ++i) {
    FoldingPick::Layer& layer = out.pick.layers[i];
    layer.window = *cheapestWindow(windowCell(tables, i, out.pick), pace, price);
    const FoldingCell& cell = unitCell(tables, i, out.pick);
    if (cell.units.empty()) continue;
    layer.unit = static_cast<std::size_t>(cheapestUnit(cell, pace, price) - cell.units.data());
  }
  return out;
}

}  // namespace a2q
