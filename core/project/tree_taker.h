// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "core/base/result.h"
#include "core/project/data_tree.h"

namespace a2q {

/// Takes known members out of a tree that is not trusted; what is left is unknown. The first thing
/// that is not as expected is kept, and everything after it is empty.
class TreeTaker {
 public:
  TreeTaker(DataTree& tree, std::string path) : tree_(tree), path_(std::move(path)) {}

  [[nodiscard]] std::string text(std::string_view attribute);
  [[nodiscard]] std::int64_t integer(std::string_view attribute);
  [[nodiscard]] double real(std::string_view attribute);
  [[nodiscard]] std::optional<std::string> optionalText(std::string_view attribute);
  [[nodiscard]] std::optional<std::int64_t> optionalInteger(std::string_view attribute);
  [[nodiscard]] std::string longText(std::string_view array);
  [[nodiscard]] DataArray array(std::string_view name);
  /// Empty when there is no such group.
  [[nodiscard]] DataTree group(std::string_view name);

  /// Notes a problem with a member.
  void wrong(std::string_view member, std::string_view expected);
  [[nodiscard]] bool good() const { return problem_.empty(); }
  /// "/runs/1b4e…: name: expected a text".
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  DataTree& tree_;
  std::string path_;
  std::string problem_;
};

}  // namespace a2q
