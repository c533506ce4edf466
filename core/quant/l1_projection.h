// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace a2q {

/// The θ of the Euclidean projection of `values` on the L1 ball of `radius` ≥ 0 (Duchi et al. 2008,
/// by sorting): the projection is sign(x)·max(|x| − θ, 0). 0 when the values lie inside already.
[[nodiscard]] double l1ProjectionThreshold(std::span<const double> values, double radius);

}  // namespace a2q
