// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/folding_prices.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace a2q {
namespace {

/// The price of what a device has none of: more than all that fits.
constexpr double kUnpayable = 1e9;

double priced(const FoldingCell& cell, std::int64_t interval, const ResourceVector& price) {
  if (cell.cycles > interval) return kForbidden;
  const double cost =
      dot(cell.fixed, price) + dot(cell.window[windowInBlock(cell, price) ? 1 : 0], price);
  if (cell.units.empty()) return cost;
  const UnitChoice* unit = cheapestUnit(cell, interval, price);
  return unit == nullptr ? kForbidden : cost + dot(unit->use, price);
}

double perUnit(double weight, double limit) { return limit > 0 ? weight / limit : kUnpayable; }

double shareOf(double use, double limit) { return limit > 0 ? use / limit : 0; }

}  // namespace

const UnitChoice* cheapestUnit(const FoldingCell& cell, std::int64_t interval,
                               const ResourceVector& price) {
  const UnitChoice* best = nullptr;
  double least = kForbidden;
  for (const UnitChoice& unit : cell.units) {
    const double cost = dot(unit.use, price);
    if (unit.cycles > interval || cost >= least) continue;
    best = &unit;
    least = cost;
  }
  return best;
}

bool windowInBlock(const FoldingCell& cell, const ResourceVector& price) {
  return dot(cell.window[1], price) < dot(cell.window[0], price);
}

std::vector<double> priced(const std::vector<FoldingCell>& cells, std::int64_t interval,
                           const ResourceVector& price) {
  std::vector<double> costs;
  costs.reserve(cells.size());
  for (const FoldingCell& cell : cells) costs.push_back(priced(cell, interval, price));
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
    text += fmt::format("{}{:.0f} {} where {:.0f} may be used ({:.1f} times too many)",
                        text.empty() ? "" : ", ", used, what, allowed,
                        allowed > 0 ? used / allowed : used);
  };
  tell("LUT", use.lut, limit.lut);
  tell("FF", use.ff, limit.ff);
  tell("block memories", use.bram, limit.bram);
  tell("DSP", use.dsp, limit.dsp);
  return text;
}

}  // namespace a2q
