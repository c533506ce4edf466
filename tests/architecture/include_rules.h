// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/architecture/source_scan.h"

namespace a2q::architecture {

/// What an include directive reaches: a file of this project (its path from the root) or, when
/// `project_path` is empty, something of a third party.
struct Reached {
  Include include;
  std::string project_path;
};

/// Every rule that one include directive of `file` (its path from the root) breaks, in words.
[[nodiscard]] std::vector<std::string> brokenRules(std::string_view file, const Reached& reached);

}  // namespace a2q::architecture
