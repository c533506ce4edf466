// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/folding_prices.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace a2q {
namespace {

/// The price of what a device has none of: more than all that fits.
constexpr double kUnpayable = 1e9;

double priced(const FoldingCell& cell, const Pace& pace, const ResourceVector& price) {
  const auto window = cheapestWindow(cell, pace, price);
  if (!window || !keeps(pace, cell.cycles, cell.delay)) return kForbidden;
  const double cost =
      dot(cell.fixed, price) + dot(cell.window[static_cast<std::size_t>(*window)].use, price);
  if (cell.units.empty()) return cost;
  const UnitChoice* unit = cheapestUnit(cell, pace, price);
  return unit == nullptr ? kForbidden : cost + dot(unit->use, price);
}

std::string byHowMuch(double used, double allowed) {
  if (allowed < 1) return "";
  const double ratio = used / allowed;
  return ratio < 2 ? fmt::format(" ({:.2g} % too many)", 100 * (ratio - 1))
                   : fmt::format(" ({:.3g} times as many)", ratio);
}

double perUnit(double weight, double limit) { return limit > 0 ? weight / limit : kUnpayable; }

double shareOf(double use, double limit) { return limit > 0 ? use / limit : 0; }

}  // namespace

const UnitChoice* cheapestUnit(const FoldingCell& cell, const Pace& pace,
                               const ResourceVector& price) {
  const UnitChoice* best = nullptr;
  double least = kForbidden;
  for (const UnitChoice& unit : cell.units) {
    const double cost = dot(unit.use, price);
    if (cost >= least || !keeps(pace, unit.cycles, unit.delay)) continue;
    best = &unit;
    least = cost;
  }
  return best;
}

std::optional<MemoryStyle> cheapestWindow(const FoldingCell& cell, const Pace& pace,
                                          const ResourceVector& price) {
  const auto& [logic, block] = cell.window;
  const bool in_logic = logic.delay <= pace.delay;
  const bool in_block = block.delay <= pace.delay;
  if (in_block && (!in_logic || dot(block.use, price) < dot(logic.use, price)))
    return MemoryStyle::kBlock;
  return in_logic ? std::optional(MemoryStyle::kLogic) : std::nullopt;
}

std::vector<double> priced(const std::vector<FoldingCell>& cells, const Pace& pace,
                           const ResourceVector& price) {
  std::vector<double> costs;
  costs.reserve(cells.size());
  for (const FoldingCell& cell : cells) costs.push_back(priced(cell, pace, price));
  return costs;
}

ResourceVector priceOf(const ResourceVector& weight, const ResourceVector& limit) {
  return {perUnit(weight.lut, limit.lut), perUnit(weight.ff, limit.ff),
          perUnit(weight.bram, limit.bram), perUnit(weight.dsp, limit.dsp)};
}

ResourceVector raised(ResourceVector weight, const ResourceVector& use,
                      const ResourceVector& limit) {
  constexpr double kLeast = 1e-3;
  weight.lut *= std::max(kLeast, shareOf(use.lut, limit.lut));
  weight.ff *= std::max(kLeast, shareOf(use.ff, limit.ff));
  weight.bram *= std::max(kLeast, shareOf(use.bram, limit.bram));
  weight.dsp *= std::max(kLeast, shareOf(use.dsp, limit.dsp));
  return 1 / (weight.lut + weight.ff + weight.bram + weight.dsp) * weight;
}

MostUsed mostUsed(const ResourceVector& use, const ResourceVector& limit) {
  const auto share = [](double used, double allowed) {
    return allowed > 0 ? used / allowed : used * kUnpayable;
  };
  const std::array rows = {
      MostUsed{"LUT", share(use.lut, limit.lut)}, MostUsed{"FF", share(use.ff, limit.ff)},
      MostUsed{"BRAM", share(use.bram, limit.bram)}, MostUsed{"DSP", share(use.dsp, limit.dsp)}};
  return *std::ranges::max_element(rows, {}, &MostUsed::share);
}

std::string overuse(const ResourceVector& use, const ResourceVector& limit) {
  std::string text;
  const auto tell = [&text](std::string_view what, double used, double allowed) {
    if (used <= allowed) return;
    text += fmt::format("{}{:.0f} {} where {:.0f} may be used{}", text.empty() ? "" : ", ", used,
                        what, allowed, byHowMuch(used, allowed));
  };
  tell("LUT", use.lut, limit.lut);
  tell("FF", use.ff, limit.ff);
  tell("block memories", use.bram, limit.bram);
  tell("DSP", use.dsp, limit.dsp);
  return text;
}

}  // namespace a2q
