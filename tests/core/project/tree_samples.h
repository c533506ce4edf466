// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/data_tree.h"

namespace a2q::testing {

/// A tree with everything in it that a tree can hold.
[[nodiscard]] DataTree everyKindOfMember();

}  // namespace a2q::testing
