// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "hw_backend/design/folding_tables.h"

namespace a2q {

/// The price of what cannot be had.
inline constexpr double kForbidden = std::numeric_limits<double>::infinity();

/// The cheapest way to build a unit within an interval; null where there is none.
[[nodiscard]] const UnitChoice* cheapestUnit(const FoldingCell& cell, std::int64_t interval,
                                             const ResourceVector& price);

/// Whether the line buffer of a cell is cheaper in block memory.
[[nodiscard]] bool windowInBlock(const FoldingCell& cell, const ResourceVector& price);

/// What each cell costs at its cheapest within an interval; kForbidden where it is too slow.
[[nodiscard]] std::vector<double> priced(const std::vector<FoldingCell>& cells,
                                         std::int64_t interval, const ResourceVector& price);

/// weight / limit of each resource: then a limit that is used up costs its weight.
[[nodiscard]] ResourceVector priceOf(const ResourceVector& weight, const ResourceVector& limit);

/// Weights for the next search: more for what is overused, all together 1.
[[nodiscard]] ResourceVector raised(ResourceVector weight, const ResourceVector& use,
                                    const ResourceVector& limit);

/// The resource of which the largest share is used.
struct MostUsed {
  std::string_view name;
  double share = 0;
};
[[nodiscard]] MostUsed mostUsed(const ResourceVector& use, const ResourceVector& limit);

/// What is used more than allowed, in words; empty where nothing is.
[[nodiscard]] std::string overuse(const ResourceVector& use, const ResourceVector& limit);

}  // namespace a2q
