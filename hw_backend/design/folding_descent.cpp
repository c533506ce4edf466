// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/folding_descent.h"

#include <algorithm>

namespace a2q {
namespace {

ResourceVector difference(const ResourceVector& a, const ResourceVector& b) { return a + -1.0 * b; }

/// Looks for the best way to build one layer while the others stay.
class LayerDescent {
 public:
  LayerDescent(const FoldingTables& tables, const Pace& pace, const ResourceVector& limit,
               std::size_t layer, const FoldingPick& start, const ResourceVector& whole)
      : tables_(tables),
        pace_(pace),
        limit_(limit),
        layer_(layer),
        site_(tables.layers[layer]),
        others_(difference(whole, useOf(tables, layer, start))),
        trial_(start),
        best_(start),
        least_(distanceTo(whole, limit)) {}

  /// Whether something better was found.
  bool run() {
    const std::size_t taken =
        site_.taken == site_.given ? 1 : tables_.variables[site_.taken].values.size();
    for (std::size_t pe = 0; pe < tables_.variables[site_.given].values.size(); ++pe) {
      trial_.values[site_.given] = pe;
      for (std::size_t simd = 0; simd < taken; ++simd) {
        if (site_.taken != site_.given) trial_.values[site_.taken] = simd;
        if (isFastEnough()) tryMemories();
      }
    }
    return improved_;
  }
  [[nodiscard]] const FoldingPick& best() const { return best_; }

 private:
  [[nodiscard]] bool keepsPace(const FoldingCell& cell) const {
    return keeps(pace_, cell.cycles, cell.delay);
  }
  [[nodiscard]] bool isFastEnough() const {
    const auto converts = [this](std::size_t pair) {
      return keepsPace(pairCell(tables_, pair, trial_));
    };
    const FoldingVariable& given = tables_.variables[site_.given];
    return keepsPace(given.cells[trial_.values[site_.given]]) &&
           keepsPace(windowCell(tables_, layer_, trial_)) &&
           keepsPace(unitCell(tables_, layer_, trial_)) &&
           std::ranges::all_of(site_.converters, converts);
  }

  void tryMemories() {
    const FoldingCell& rows = windowCell(tables_, layer_, trial_);
    const FoldingCell& cell = unitCell(tables_, layer_, trial_);
    for (const MemoryStyle window : {MemoryStyle::kLogic, MemoryStyle::kBlock}) {
      if (rows.window[static_cast<std::size_t>(window)].delay > pace_.delay) continue;
      trial_.layers[layer_].window = window;
      for (std::size_t unit = 0; unit < std::max<std::size_t>(1, cell.units.size()); ++unit) {
        const bool slow =
            !cell.units.empty() && !keeps(pace_, cell.units[unit].cycles, cell.units[unit].delay);
        if (slow) continue;
        trial_.layers[layer_].unit = unit;
        take();
      }
    }
  }

  /// Takes the trial if it is clearly better.
  void take() {
    constexpr double kClearly = 1e-9;
    const Distance found = distanceTo(others_ + useOf(tables_, layer_, trial_), limit_);
    const bool nearer = found.over < least_.over - kClearly;
    const bool smaller =
        found.over <= least_.over + kClearly && found.area < least_.area - kClearly;
    if (!nearer && !smaller) return;
    least_ = found;
    best_ = trial_;
    improved_ = true;
  }

  const FoldingTables& tables_;
  const Pace& pace_;
  const ResourceVector& limit_;
  std::size_t layer_;
  const LayerSite& site_;
  ResourceVector others_;
  FoldingPick trial_;
  FoldingPick best_;
  Distance least_;
  bool improved_ = false;
};

}  // namespace

Distance distanceTo(const ResourceVector& use, const ResourceVector& limit) {
  Distance out;
  const auto add = [&out](double used, double allowed) {
    const double share = used / std::max(allowed, 1.0);
    out.area += share;
    if (used > allowed) out.over += share - allowed / std::max(allowed, 1.0);
  };
  add(use.lut, limit.lut);
  add(use.ff, limit.ff);
  add(use.bram, limit.bram);
  add(use.dsp, limit.dsp);
  return out;
}

void descend(const FoldingTables& tables, const Pace& pace, const ResourceVector& limit,
             const ResourceVector& beyond, FoldingPick& pick) {
  constexpr int kRounds = 8;
  bool improved = true;
  for (int round = 0; improved && round < kRounds; ++round) {
    improved = false;
    for (std::size_t layer = 0; layer < tables.layers.size(); ++layer) {
      LayerDescent one(tables, pace, limit, layer, pick, useOf(tables, pick) + beyond);
      if (!one.run()) continue;
      pick = one.best();
      improved = true;
    }
  }
}

}  // namespace a2q
