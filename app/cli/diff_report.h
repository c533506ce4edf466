// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/project/project_diff.h"

namespace a2q::cli {

/// What is compared, and how it is called.
struct DiffSides {
  std::string a;
  std::string b;
  std::vector<Difference> differences;
};

/// A table with a row a difference, long values cut.
[[nodiscard]] std::string diffText(const DiffSides& sides);

/// Schema a2q-diff-1, values whole.
[[nodiscard]] nlohmann::ordered_json diffJson(const DiffSides& sides);

}  // namespace a2q::cli
