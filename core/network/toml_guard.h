// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace a2q {

/// Where a text nests too deep.
struct DeepPlace {
  std::size_t line = 1;
  std::size_t column = 1;
};

/// The first place where brackets nest deeper than 32 or a dotted key has more than 32 parts. The
/// parser builds such trees, and destroys them, by recursion: without this guard a hostile file
/// could exhaust the stack. Strings and comments are skipped.
[[nodiscard]] std::optional<DeepPlace> findDeepNesting(std::string_view toml);

}  // namespace a2q
