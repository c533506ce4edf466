// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/integer/integer_network.h"

namespace a2q {

/// Hands out names, each only once: "conv1", "conv1_2", ...
class UniqueNames {
 public:
  [[nodiscard]] std::string take(const std::string& wanted);

 private:
  std::set<std::string> taken_;
};

/// One name for each node: its own, with a number where two are equal. Both files use these names.
[[nodiscard]] std::vector<std::string> nodeNames(const IntegerNetwork& network);

}  // namespace a2q
