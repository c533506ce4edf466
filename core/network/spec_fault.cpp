// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/spec_fault.h"

#include <fmt/format.h>

#include "core/base/text_distance.h"

namespace a2q {
namespace {

constexpr std::size_t kLongestShown = 60;

bool isControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

}  // namespace

std::string didYouMean(std::string_view word, const std::vector<std::string_view>& candidates) {
  // The distance costs the product of the lengths: words longer than any name are not meant.
  if (word.size() > kLongestShown) return {};
  const std::string best = nearest(word, candidates);
  return best.empty() ? std::string() : fmt::format("Did you mean {}? ", inQuotes(best));
}

std::string inQuotes(std::string_view word) {
  std::string shown = "'";
  std::size_t end = std::min(word.size(), kLongestShown);
  // Never cut a UTF-8 character in two.
  while (end < word.size() && end > 0 && (static_cast<unsigned char>(word[end]) & 0xC0) == 0x80) {
    --end;
  }
  for (const char c : word.substr(0, end)) {
    if (isControl(c)) {
      shown += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      shown += c;
    }
  }
  return shown + (end < word.size() ? "…'" : "'");
}

}  // namespace a2q
