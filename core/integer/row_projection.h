// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/bounds/certificate.h"
#include "core/quant/l1_projection.h"
#include "core/quant/weight_rule.h"

namespace a2q {

/// Carries rows of integer weights over to another rule: scaled to L' where they are wider, then,
/// under an L1 budget, centred (A2Q+, where they were not), projected on the budget and rounded
/// toward zero until the exact sums fit P bits; without a budget rounded to the nearest. A row that
/// keeps the new rule already stays as it is. Works on the few different integers of a row and how
/// often each occurs, so that a row costs two passes over it.
class RowProjection {
 public:
  RowProjection(const IntegerWeights& before, const WeightPlan& plan);

  /// Writes the K integers of a channel, from K others; returns s'/s.
  double project(std::span<const std::int32_t> from, std::span<std::int32_t> to) const;

 private:
  struct Levels;

  [[nodiscard]] bool holds(const Levels& levels) const;
  [[nodiscard]] bool keepsRule(const Levels& levels) const;
  void projectOnBudget(std::vector<ValueCount>& values) const;
  void truncate(Levels& levels, std::span<const ValueCount> values) const;

  WeightRule rule_;
  bool newly_centred_;
};

}  // namespace a2q
