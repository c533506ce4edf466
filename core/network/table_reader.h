// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/network/key_visitor.h"

namespace a2q {

/// Whether the text that is read is a file of the user's, whose lines an error should name.
enum class Positions { kShown, kHidden };

/// What all readers of one text share: its name, and the first error, after which nothing counts.
struct ReadContext {
  std::string source;
  Positions positions = Positions::kShown;
  ErrorCode unknown_key = ErrorCode::kSpecValue;
  std::optional<Error> error;

  /// "spec.toml:12:1: " (or "setting 'x': " when positions are hidden).
  [[nodiscard]] std::string prefix(toml::source_position where) const;
  void report(toml::source_position where, Error problem);
};

/// Reads the keys of one table. Call finish() when all keys were visited.
class TableReader : public KeyVisitor {
 public:
  /// `title` is how errors call the table: "[quant.first]" or "layer 'conv1'".
  TableReader(const toml::table& table, std::string path, std::string title, ReadContext& context)
      : table_(table), path_(std::move(path)), title_(std::move(title)), context_(context) {}

  void key(const Key& key, FieldPointer field) override;
  void section(std::string_view name, const std::function<void(KeyVisitor&)>& body) override;

  /// Marks a key as known and gives its node, if it is there.
  const toml::node* claim(std::string_view name);

  /// Reports the first unknown key, or else the first required key that is missing.
  void finish();

 private:
  [[nodiscard]] std::string pathOf(std::string_view name) const {
    return path_.empty() ? std::string(name) : path_ + "." + std::string(name);
  }

  const toml::table& table_;
  std::string path_;
  std::string title_;
  ReadContext& context_;
  std::vector<std::string_view> known_;
  std::optional<Error> missing_;
};

/// What a node holds, in words: "the string 'abc'", "-3", "a table".
[[nodiscard]] std::string foundIn(const toml::node& node);

}  // namespace a2q
