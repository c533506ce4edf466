// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "core/base/result.h"
#include "core/project/data_tree.h"

namespace a2q {

/// Turns the tree of a file of one major version into that of the next.
struct Migration {
  std::int64_t from = 0;
  Status (*step)(DataTree& tree);
};

/// Every step there is, oldest first.
[[nodiscard]] std::span<const Migration> migrations();

/// Takes the steps from a major version to today's. Errors: kFileFormat.
[[nodiscard]] Status migrate(DataTree& tree, std::int64_t from);

}  // namespace a2q
