// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text_distance.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>
#include <vector>

namespace a2q {
namespace {

std::string lettersOf(std::string_view word) {
  std::string letters;
  std::ranges::copy_if(word, std::back_inserter(letters),
                       [](char c) { return c != '-' && c != '_'; });
  return letters;
}

/// One that begins with the word is better than any that only contains it.
std::string_view shortestWith(std::string_view word, std::span<const std::string_view> candidates) {
  std::string_view best;
  const auto rank = [&](std::string_view candidate) {
    return std::pair(!lettersOf(candidate).starts_with(lettersOf(word)), candidate.size());
  };
  for (const std::string_view candidate : candidates) {
    if (!isPartOf(word, candidate)) continue;
    if (best.empty() || rank(candidate) < rank(best)) best = candidate;
  }
  return best;
}

}  // namespace

bool isPartOf(std::string_view word, std::string_view candidate) {
  constexpr std::size_t kFewestLetters = 3;
  const std::string letters = lettersOf(word);
  return letters.size() >= kFewestLetters &&
         lettersOf(candidate).find(letters) != std::string::npos;
}

int editDistance(std::string_view a, std::string_view b) {
  const std::size_t columns = b.size() + 1;
  std::vector<int> table((a.size() + 1) * columns);
  const auto at = [&](std::size_t i, std::size_t j) -> int& { return table[i * columns + j]; };
  for (std::size_t i = 0; i <= a.size(); ++i) at(i, 0) = static_cast<int>(i);
  for (std::size_t j = 0; j <= b.size(); ++j) at(0, j) = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int change = at(i - 1, j - 1) + (a[i - 1] == b[j - 1] ? 0 : 1);
      at(i, j) = std::min({at(i - 1, j) + 1, at(i, j - 1) + 1, change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) at(i, j) = std::min(at(i, j), at(i - 2, j - 2) + 1);
    }
  }
  return at(a.size(), b.size());
}

std::string nearest(std::string_view word, std::span<const std::string_view> candidates) {
  std::string_view best;
  int best_distance = std::numeric_limits<int>::max();
  for (const std::string_view candidate : candidates) {
    const int distance = editDistance(word, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  const int tolerated = std::max<int>(2, static_cast<int>(word.size()) / 3);
  return std::string(best_distance <= tolerated ? best : shortestWith(word, candidates));
}

}  // namespace a2q
