// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "app/cli/finding.h"
#include "core/bounds/accumulator_bounds.h"

namespace a2q::cli {

/// What `a2q bounds` is asked: K, M, N, and where known ‖q‖₁ and P.
struct BoundsQuestion {
  DotLength k = 1;
  BitWidth weights;
  IntegerFormat inputs;
  std::optional<std::int64_t> l1;
  std::optional<BitWidth> accumulator;

  /// The P given, else the data-type bound.
  [[nodiscard]] BitWidth width() const {
    return accumulator ? *accumulator : dataTypeBound(k, weights, inputs);
  }
};

/// Every answer with its formula: data-type bound, accumulator range, both L1 budgets; the largest
/// safe K when P is given; least P, margins and worst cases when ‖q‖₁ is given.
[[nodiscard]] std::vector<Finding> boundsFindings(const BoundsQuestion& question);

}  // namespace a2q::cli
