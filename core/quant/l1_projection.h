// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

namespace a2q {

/// The θ of the Euclidean projection of `values` on the L1 ball of `radius` ≥ 0 (Duchi et al. 2008,
/// by sorting): the projection is sign(x)·max(|x| − θ, 0). 0 when the values lie inside already.
[[nodiscard]] double l1ProjectionThreshold(std::span<const double> values, double radius);

/// A value and how many of a row have it.
struct ValueCount {
  double value = 0;
  std::int64_t count = 0;
};

/// The same θ from the different values of a row and how often each stands in it: a row of integers
/// of few bits has few of them.
[[nodiscard]] double l1ProjectionThreshold(std::span<const ValueCount> values, double radius);

}  // namespace a2q
