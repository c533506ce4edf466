// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/toml_guard.h"

namespace a2q {
namespace {

constexpr int kDeepest = 32;

/// Walks the text outside of strings and comments. It need not judge the syntax: up to the first
/// error, where the parser stops, it must only see the same strings as the parser.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::optional<DeepPlace> scan() {
    while (at_ < text_.size()) {
      if (!step()) return place();
    }
    return std::nullopt;
  }

 private:
  /// One character, string or comment; false when it nests too deep.
  bool step() {
    const char c = text_[at_];
    if (c == '#') {
      while (at_ < text_.size() && text_[at_] != '\n') ++at_;
      return true;
    }
    if (c == '"' || c == '\'') {
      skipString(c);
      return true;
    }
    ++at_;
    if (c == '[' || c == '{') ++depth_;
    if ((c == ']' || c == '}') && depth_ > 0) --depth_;
    if (c == '.') {
      ++parts_;
    } else if (c == '\n' || c == '=' || c == ',' || c == '[' || c == '{') {
      parts_ = 1;
    }
    return depth_ <= kDeepest && parts_ <= kDeepest;
  }

  void skipString(char quote) {
    const std::string_view three = quote == '"' ? "\"\"\"" : "'''";
    const bool multiline = text_.substr(at_, 3) == three;
    at_ += multiline ? 3 : 1;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\\' && quote == '"') {
        at_ += 2;
      } else if (multiline && text_.substr(at_, 3) == three) {
        at_ += 3;
        // A multi-line string may end in one or two quotes of its own.
        while (at_ < text_.size() && text_[at_] == quote) ++at_;
        return;
      } else if (!multiline && (c == quote || c == '\n')) {
        at_ += c == quote ? 1 : 0;
        return;
      } else {
        ++at_;
      }
    }
  }

  [[nodiscard]] DeepPlace place() const {
    DeepPlace place;
    for (std::size_t i = 0; i + 1 < at_; ++i) {
      ++place.column;
      if (text_[i] == '\n') place = {place.line + 1, 1};
    }
    return place;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  int parts_ = 1;
};

}  // namespace

std::optional<DeepPlace> findDeepNesting(std::string_view toml) { return Scanner(toml).scan(); }

}  // namespace a2q
