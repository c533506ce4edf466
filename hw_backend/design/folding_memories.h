// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hw_backend/design/folding_pick.h"

namespace a2q {

/// For the PE and SIMD of a pick, the memories and styles that take the fewest look-up tables and
/// no more block memories than a limit allows, exactly: a choice each layer, by dynamic programming
/// over block memories, O(layers · choices · block memories). `beyond` is what a design takes that
/// the tables do not know. The pick stays as it is where that many are not enough.
void chooseMemories(const FoldingTables& tables, const Pace& pace, const ResourceVector& limit,
                    const ResourceVector& beyond, FoldingPick& pick);

}  // namespace a2q
