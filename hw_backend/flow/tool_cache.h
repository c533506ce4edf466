// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace a2q {

/// What a tool answered, by the SHA-256 of all that decides it, in a file of its own in a folder
/// below userCacheFolder(). Several processes may use it at once: a file is there whole or not at
/// all.
class ToolCache {
 public:
  /// `key`: everything that the answer follows from. Without a cache folder nothing is found and
  /// nothing kept.
  ToolCache(std::string_view folder, const std::vector<std::string_view>& key);

  /// A file that cannot be read counts as none.
  [[nodiscard]] std::optional<std::string> find() const;
  /// Failing to keep an answer is no failure of the tool.
  void keep(std::string_view answer) const;

 private:
  std::filesystem::path file_;
};

}  // namespace a2q
