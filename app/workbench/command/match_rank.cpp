// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/command/match_rank.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace a2q::workbench {
namespace {

constexpr int kNone = std::numeric_limits<int>::min() / 2;
constexpr int kWordStart = 8;
constexpr int kFollowing = 8;
constexpr int kLetter = 1;

bool beginsWord(const QString& text, qsizetype at) {
  return at == 0 || !text[at - 1].isLetterOrNumber();
}

}  // namespace

// The best of all placements, letter after letter: `ending[i]` is the best rank of the letters so
// far when the last of them stands at i.
std::optional<int> matchRank(const QString& query, const QString& text) {
  QString letters = query.toCaseFolded();
  letters.remove(QLatin1Char(' '));
  if (letters.isEmpty()) return 0;
  const QString folded = text.toCaseFolded();
  const auto length = static_cast<std::size_t>(folded.size());
  std::vector<int> ending(length, kNone);
  for (qsizetype letter = 0; letter < letters.size(); ++letter) {
    std::vector<int> next(length, kNone);
    int best_before = letter == 0 ? 0 : kNone;
    for (std::size_t i = 0; i < length; ++i) {
      const auto at = static_cast<qsizetype>(i);
      if (folded[at] == letters[letter]) {
        const int follows = letter > 0 && i > 0 ? ending[i - 1] + kFollowing : kNone;
        const int base = std::max(best_before, follows);
        if (base > kNone / 2) next[i] = base + (beginsWord(folded, at) ? kWordStart : kLetter);
      }
      if (letter > 0) best_before = std::max(best_before, ending[i]);
    }
    ending = std::move(next);
  }
  const int best = length == 0 ? kNone : *std::max_element(ending.begin(), ending.end());
  if (best < kNone / 2) return std::nullopt;
  constexpr int kScale = 100;  // the length decides only between equals
  return best * kScale - static_cast<int>(std::min<std::size_t>(length, kScale - 1));
}

}  // namespace a2q::workbench
