// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace a2q {

/// The last 40 lines of a text that comes piece by piece, at most 16 KiB.
class TextTail {
 public:
  void add(std::string_view text);
  /// Without the end of the last line.
  [[nodiscard]] std::string text() const;

 private:
  std::string kept_;
};

}  // namespace a2q
