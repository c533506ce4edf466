// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/row_projection.h"

#include <algorithm>
#include <cmath>

namespace a2q {
namespace {

using Row = std::span<const std::int32_t>;

std::int32_t largestOf(Row row) {
  std::int32_t largest = 0;
  for (const std::int32_t q : row) largest = std::max(largest, std::abs(q));
  return largest;
}

}  // namespace

/// The different integers of a row, ascending, how often each occurs, and what each becomes.
struct RowProjection::Levels {
  struct Level {
    std::int32_t from = 0;
    std::int32_t to = 0;
    std::int64_t count = 0;
  };

  explicit Levels(Row row) : largest(largestOf(row)) {
    std::vector<std::int32_t> counts(2 * static_cast<std::size_t>(largest) + 1);
    for (const std::int32_t q : row) ++counts[place(q)];
    for (std::int32_t q = -largest; q <= largest; ++q) {
      const std::int32_t count = counts[place(q)];
      if (count > 0) all.push_back({q, q, count});
    }
  }

  [[nodiscard]] std::vector<ValueCount> values(double factor, double divisor) const {
    std::vector<ValueCount> out;
    out.reserve(all.size());
    for (const Level& level : all) out.push_back({level.from * factor / divisor, level.count});
    return out;
  }

  /// Sums of what the row becomes.
  [[nodiscard]] SignedSums sums() const {
    SignedSums sums;
    for (const Level& level : all) {
      (level.to > 0 ? sums.positive : sums.negative) += level.count * std::abs(level.to);
    }
    return sums;
  }

  void write(Row from, std::span<std::int32_t> to) const {
    std::vector<std::int32_t> image(2 * static_cast<std::size_t>(largest) + 1);
    for (const Level& level : all) image[place(level.from)] = level.to;
    std::ranges::transform(from, to.begin(), [&](std::int32_t q) { return image[place(q)]; });
  }

  /// Of an integer in arrays over all from −largest to largest.
  [[nodiscard]] std::size_t place(std::int64_t q) const {
    return static_cast<std::size_t>(q + largest);
  }

  std::int32_t largest;
  std::vector<Level> all;
};

RowProjection::RowProjection(const IntegerWeights& before, const WeightPlan& plan)
    : rule_(weightRuleOf(plan)),
      newly_centred_(plan.rule == L1Rule::kA2qPlus && before.rule != plan.rule) {}

double RowProjection::project(Row from, std::span<std::int32_t> to) const {
  Levels levels(from);
  const bool too_wide = levels.largest > rule_.limit;
  if (!too_wide && !newly_centred_ && keepsRule(levels)) {
    std::ranges::copy(from, to.begin());
    return 1;
  }
  // In this order the largest weight becomes L' exactly, which rounding toward zero must find.
  std::vector<ValueCount> values =
      too_wide ? levels.values(rule_.limit, levels.largest) : levels.values(1, 1);
  if (rule_.constrained()) {
    projectOnBudget(values);
    truncate(levels, values);
  } else {
    for (std::size_t i = 0; i < values.size(); ++i) {
      levels.all[i].to = static_cast<std::int32_t>(
          std::clamp(std::nearbyint(values[i].value), -rule_.limit, rule_.limit));
    }
  }
  levels.write(from, to);
  return too_wide ? levels.largest / rule_.limit : 1;
}

bool RowProjection::holds(const Levels& levels) const {
  const SignedSums sums = levels.sums();
  return rule_.holds(sums.positive, sums.negative);
}

bool RowProjection::keepsRule(const Levels& levels) const {
  if (!rule_.constrained()) return true;
  return static_cast<double>(levels.sums().l1()) <= rule_.budget && holds(levels);
}

/// In units of s', so that the radius is T.
void RowProjection::projectOnBudget(std::vector<ValueCount>& values) const {
  if (rule_.centred()) {
    double sum = 0;
    double length = 0;
    for (const ValueCount& x : values) {
      sum += x.value * static_cast<double>(x.count);
      length += static_cast<double>(x.count);
    }
    for (ValueCount& x : values) x.value -= sum / length;
  }
  const double threshold = l1ProjectionThreshold(values, rule_.budget);
  for (ValueCount& x : values) {
    x.value = std::copysign(std::max(std::abs(x.value) - threshold, 0.0), x.value);
  }
}

/// ⌊|x|⌋ with the sign of x, clipped; smaller and smaller until the exact sums fit.
void RowProjection::truncate(Levels& levels, std::span<const ValueCount> values) const {
  double ratio = 1;
  const auto round = [&] {
    for (std::size_t i = 0; i < values.size(); ++i) {
      levels.all[i].to =
          static_cast<std::int32_t>(std::clamp(values[i].value * ratio, -rule_.limit, rule_.limit));
    }
  };
  round();
  for (double step = 0x1p-22; !holds(levels); step *= 2) {
    ratio *= 1 - std::min(step, 0.5);
    round();
  }
}

}  // namespace a2q
