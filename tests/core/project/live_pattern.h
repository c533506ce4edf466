// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include "core/project/live/live_series.h"

namespace a2q::test {

inline constexpr long kBlockRows = 7;
inline constexpr std::uint64_t kLatestValues = 20000;

/// What writer and reader of the tests agree on.
inline LiveLayout patternLayout() {
  return {{{"run", "größer"}, {"empty", ""}},
          {"step", "loss", "layer [1] largest_l1"},
          {"epoch", "test_loss"},
          kLatestValues};
}

inline std::array<double, 3> patternRow(long row) {
  const auto number = static_cast<double>(row);
  return {number, 1 / (number + 1), number * number};
}

}  // namespace a2q::test
