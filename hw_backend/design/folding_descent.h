// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hw_backend/design/folding_pick.h"

namespace a2q {

/// How far a use is from a limit: Σ of what each resource is over it, relative to the limit; and
/// its area, Σ use/limit. Less is better, the first first.
struct Distance {
  double over = 0;
  double area = 0;
  auto operator<=>(const Distance&) const = default;
};
[[nodiscard]] Distance distanceTo(const ResourceVector& use, const ResourceVector& limit);

/// Changes one layer after the other, PE, SIMD, memories and style at once, to what brings the pick
/// nearest to a limit at a pace, until no layer's change does. `beyond` is what a design takes that
/// the tables do not know. What it finds need not be the best there is.
void descend(const FoldingTables& tables, const Pace& pace, const ResourceVector& limit,
             const ResourceVector& beyond, FoldingPick& pick);

}  // namespace a2q
