// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace a2q {

/// Edit distance of Damerau and Levenshtein (optimal string alignment), in characters.
[[nodiscard]] int editDistance(std::string_view a, std::string_view b);

/// The candidate nearest to `word`, or empty when none is near enough to be meant.
[[nodiscard]] std::string nearest(std::string_view word,
                                  std::span<const std::string_view> candidates);

}  // namespace a2q
