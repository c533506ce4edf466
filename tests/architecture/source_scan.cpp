// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/source_scan.h"

#include <cctype>
#include <cstddef>
#include <optional>

namespace a2q::architecture {
namespace {

bool isWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// A cursor over the source that copies or blanks what it passes.
class Blanker {
 public:
  explicit Blanker(std::string_view text) : text_(text) { out_.reserve(text.size()); }

  std::string run() {
    while (at_ < text_.size()) step();
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool sees(std::string_view what) const {
    return text_.substr(at_).starts_with(what);
  }
  [[nodiscard]] char before() const { return at_ == 0 ? ' ' : text_[at_ - 1]; }

  void copyTo(std::size_t end) {
    out_ += text_.substr(at_, end - at_);
    at_ = end;
  }

  void blankTo(std::size_t end) {
    for (; at_ < end; ++at_) out_ += text_[at_] == '\n' ? '\n' : ' ';
  }

  [[nodiscard]] std::size_t endAfter(std::string_view mark, std::size_t from) const {
    const auto found = text_.find(mark, from);
    return found == std::string_view::npos ? text_.size() : found + mark.size();
  }

  [[nodiscard]] std::size_t endOfLine() const {
    const auto found = text_.find('\n', at_);
    return found == std::string_view::npos ? text_.size() : found;
  }

  /// The end of a literal that `quote` opens and closes; an unclosed one ends with its line.
  [[nodiscard]] std::size_t endOfLiteral(char quote) const {
    for (auto i = at_ + 1; i < text_.size(); ++i) {
      if (text_[i] == '\\') {
        ++i;
      } else if (text_[i] == quote) {
        return i + 1;
      } else if (text_[i] == '\n') {
        return i;
      }
    }
    return text_.size();
  }

  [[nodiscard]] std::size_t endOfRawString() const {
    const auto open = text_.find('(', at_);
    if (open == std::string_view::npos) return text_.size();
    const auto delimiter = text_.substr(at_ + 2, open - at_ - 2);
    return endAfter(")" + std::string(delimiter) + "\"", open);
  }

  void step() {
    if (sees("//")) {
      blankTo(endOfLine());
    } else if (sees("/*")) {
      blankTo(endAfter("*/", at_ + 2));
    } else if (sees("R\"") && (!isWord(before()) || before() == '8' || before() == 'u' ||
                               before() == 'U' || before() == 'L')) {
      blankTo(endOfRawString());
    } else if (sees("\"")) {
      copyTo(endOfLiteral('"'));
    } else if (sees("'") && !isWord(before())) {
      copyTo(endOfLiteral('\''));
    } else {
      copyTo(at_ + 1);
    }
  }

  std::string_view text_;
  std::string out_;
  std::size_t at_ = 0;
};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r";
  const auto first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

/// What stands after the keyword of an include directive; none for any other line.
std::optional<std::string_view> includeArgument(std::string_view line) {
  line = trimmed(line);
  if (!line.starts_with('#')) return std::nullopt;
  line = trimmed(line.substr(1));
  for (const std::string_view keyword : {"include_next", "include", "import"}) {
    if (line.starts_with(keyword) &&
        (line.size() == keyword.size() || !isWord(line[keyword.size()])))
      return trimmed(line.substr(keyword.size()));
  }
  return std::nullopt;
}

Include parseArgument(std::string_view argument, int line) {
  const auto open = argument.empty() ? ' ' : argument.front();
  const auto close = open == '<' ? argument.find('>') : argument.find('"', 1);
  if ((open != '<' && open != '"') || close == std::string_view::npos)
    return {line, std::string(argument), IncludeForm::kComputed};
  return {line, std::string(argument.substr(1, close - 1)),
          open == '<' ? IncludeForm::kAngled : IncludeForm::kQuoted};
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const auto end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return parts;
}

}  // namespace

std::string withoutComments(std::string_view text) { return Blanker(text).run(); }

std::vector<Include> includesOf(std::string_view text) {
  const auto code = withoutComments(text);
  std::vector<Include> includes;
  int number = 0;
  for (const auto line : linesOf(code)) {
    ++number;
    if (const auto argument = includeArgument(line))
      includes.push_back(parseArgument(*argument, number));
  }
  return includes;
}

std::vector<std::string_view> linesOf(std::string_view text) { return split(text, '\n'); }

std::vector<std::string_view> partsOf(std::string_view path) { return split(path, '/'); }

}  // namespace a2q::architecture
