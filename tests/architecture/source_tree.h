// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace a2q::architecture {

/// One broken rule: where (path from the root, line from 1) and in words.
struct Violation {
  std::string file;
  int line = 0;
  std::string message;
};

struct Report {
  std::size_t files = 0;
  std::vector<Violation> violations;
};

/// Checks the includes, licence lines, lengths and left-over marks of every source under `root`.
[[nodiscard]] Report checkTree(const std::filesystem::path& root);

}  // namespace a2q::architecture
