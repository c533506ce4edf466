// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/project/data_tree.h"

namespace a2q {

/// Fills in what is missing in the group of a run: from its record, which tells the same again, or,
/// with an empty tree for a record that is lost too, with words that say so. `name` is used when
/// the run has lost its own.
void completeRun(DataTree& run, const DataTree& record, const std::string& name);

}  // namespace a2q
