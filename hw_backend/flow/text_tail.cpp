// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/flow/text_tail.h"

#include <cstddef>

namespace a2q {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 14;
constexpr int kMostLines = 40;

/// Where the last lines begin.
std::size_t lastLines(std::string_view text) {
  std::size_t at = text.size();
  for (int line = 0; line < kMostLines && at != 0; ++line) {
    const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
    if (before == std::string_view::npos) return 0;
    at = before;
  }
  return at == 0 ? 0 : at + 1;
}

}  // namespace

void TextTail::add(std::string_view text) {
  kept_ += text;
  if (kept_.size() > 2 * kMostBytes) kept_.erase(0, kept_.size() - kMostBytes);
}

std::string TextTail::text() const {
  std::string_view text = kept_;
  if (text.size() > kMostBytes) text.remove_prefix(text.size() - kMostBytes);
  while (text.ends_with('\n')) text.remove_suffix(1);
  return std::string(text.substr(lastLines(text)));
}

}  // namespace a2q
