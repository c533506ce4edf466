// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hw_backend/design/folding_tables.h"

namespace a2q {

/// The price of what cannot be had.
inline constexpr double kForbidden = std::numeric_limits<double>::infinity();

/// How slow a block may be: cycles a sample, and ns of its slowest path.
struct Pace {
  std::int64_t interval = 0;
  double delay = std::numeric_limits<double>::infinity();
};
[[nodiscard]] inline bool keeps(const Pace& pace, std::int64_t cycles, double delay) {
  return cycles <= pace.interval && delay <= pace.delay;
}

/// The cheapest way to build a unit at a pace; null where there is none.
[[nodiscard]] const UnitChoice* cheapestUnit(const FoldingCell& cell, const Pace& pace,
                                             const ResourceVector& price);

/// The cheapest memory for the rows of a cell at a pace; none where both are too slow.
[[nodiscard]] std::optional<MemoryStyle> cheapestWindow(const FoldingCell& cell, const Pace& pace,
                                                        const ResourceVector& price);

/// What each cell costs at its cheapest at a pace; kForbidden where it is too slow.
[[nodiscard]] std::vector<double> priced(const std::vector<FoldingCell>& cells, const Pace& pace,
                                         const ResourceVector& price);

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
