// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace a2q {

/// Edit distance of Damerau and Levenshtein (optimal string alignment), in characters.
[[nodiscard]] int editDistance(std::string_view a, std::string_view b);

/// Whether a candidate contains a word of at least three letters, apart from dashes and underscores
/// of both: "artya7" is in "arty-a7-35t".
[[nodiscard]] bool isPartOf(std::string_view word, std::string_view candidate);

/// The candidate nearest to `word`; else the shortest that begins with it, or contains it; empty
/// when none is near enough to be meant.
[[nodiscard]] std::string nearest(std::string_view word,
                                  std::span<const std::string_view> candidates);

}  // namespace a2q
