// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/folding_memories.h"

#include <cmath>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace a2q {
namespace {

/// One way to keep what a layer keeps.
struct Choice {
  FoldingPick::Layer layer;
  std::size_t blocks = 0;
  double lut = 0;
};

/// What block memories and look-up tables a layer takes beyond what is the same in all its choices.
std::vector<Choice> choicesOf(const FoldingTables& tables, const Pace& pace, std::size_t layer,
                              const FoldingPick& pick) {
  const FoldingCell& rows = windowCell(tables, layer, pick);
  const FoldingCell& cell = unitCell(tables, layer, pick);
  std::vector<Choice> choices;
  for (const MemoryStyle style : {MemoryStyle::kLogic, MemoryStyle::kBlock}) {
    const WindowChoice& window = rows.window[static_cast<std::size_t>(style)];
    if (window.delay > pace.delay) continue;
    const auto add = [&](std::size_t unit, const ResourceVector& use) {
      const ResourceVector sum = window.use + use;
      choices.push_back({{unit, style}, static_cast<std::size_t>(std::ceil(sum.bram)), sum.lut});
    };
    if (cell.units.empty()) add(0, {});
    for (std::size_t i = 0; i < cell.units.size(); ++i) {
      const UnitChoice& unit = cell.units[i];
      if (keeps(pace, unit.cycles, unit.delay)) add(i, unit.use);
    }
  }
  return choices;
}

/// Block memories that the choices may share out; none: less than nothing is left.
std::optional<std::size_t> blocksLeft(const FoldingTables& tables, const ResourceVector& limit,
                                      const ResourceVector& beyond, const FoldingPick& pick) {
  double fixed = useOf(tables, pick).bram + beyond.bram;
  for (std::size_t i = 0; i < tables.layers.size(); ++i) {
    const FoldingPick::Layer& chosen = pick.layers[i];
    const FoldingCell& cell = unitCell(tables, i, pick);
    fixed -= windowCell(tables, i, pick).window[static_cast<std::size_t>(chosen.window)].use.bram;
    if (!cell.units.empty()) fixed -= cell.units[chosen.unit].use.bram;
  }
  const double left = std::floor(limit.bram - fixed);
  if (left < 0) return std::nullopt;
  return static_cast<std::size_t>(left);
}

}  // namespace

void chooseMemories(const FoldingTables& tables, const Pace& pace, const ResourceVector& limit,
                    const ResourceVector& beyond, FoldingPick& pick) {
  constexpr double kNone = std::numeric_limits<double>::infinity();
  const auto blocks = blocksLeft(tables, limit, beyond, pick);
  if (!blocks) return;
  const std::size_t layers = tables.layers.size();
  // The fewest look-up tables of the layers so far with at most so many block memories, and which
  // choice of the last one that takes.
  std::vector<double> least(*blocks + 1, 0);
  std::vector<std::vector<Choice>> choices(layers);
  std::vector<std::vector<std::size_t>> taken(layers);
  for (std::size_t i = 0; i < layers; ++i) {
    choices[i] = choicesOf(tables, pace, i, pick);
    std::vector<double> next(*blocks + 1, kNone);
    taken[i].resize(*blocks + 1);
    for (std::size_t c = 0; c < choices[i].size(); ++c) {
      const Choice& choice = choices[i][c];
      for (std::size_t n = choice.blocks; n <= *blocks; ++n) {
        const double lut = least[n - choice.blocks] + choice.lut;
        if (lut >= next[n]) continue;
        next[n] = lut;
        taken[i][n] = c;
      }
    }
    least = std::move(next);
  }
  if (least.back() == kNone) return;
  std::size_t left = *blocks;
  for (std::size_t i = layers; i-- > 0;) {
    const Choice& choice = choices[i][taken[i][left]];
    pick.layers[i] = choice.layer;
    left -= choice.blocks;
  }
}

}  // namespace a2q
