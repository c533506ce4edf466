// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace a2q::architecture {

enum class IncludeForm { kQuoted, kAngled, kComputed };

/// One include directive: its line (from 1), what it names, and how it is written.
struct Include {
  int line = 0;
  std::string target;
  IncludeForm form = IncludeForm::kQuoted;
};

/// The text with comments and raw string literals blanked out, line for line.
[[nodiscard]] std::string withoutComments(std::string_view text);

/// Every include directive that a compiler could see; the branches of #if are all followed.
[[nodiscard]] std::vector<Include> includesOf(std::string_view text);

/// The lines of a text, without their ends.
[[nodiscard]] std::vector<std::string_view> linesOf(std::string_view text);

/// The parts of a path between its slashes.
[[nodiscard]] std::vector<std::string_view> partsOf(std::string_view path);

}  // namespace a2q::architecture
