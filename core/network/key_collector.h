// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/network/key_visitor.h"

namespace a2q {

/// A key as text: what the writer prints and the list of keys shows.
struct KeyRow {
  std::string table;  ///< "quant.first"; empty for the keys of a repeated table
  std::string key;
  std::string expected;
  std::string text;  ///< of the value, in TOML; empty: none
  Field::Fallback fallback;
  std::string meaning;
  Presence presence = Presence::kOptional;
};

/// Collects the rows of the values it visits.
class KeyCollector : public KeyVisitor {
 public:
  explicit KeyCollector(std::string table = {}) : table_(std::move(table)) {}

  void key(const Key& key, FieldPointer field) override;
  void section(std::string_view name, const std::function<void(KeyVisitor&)>& body) override;

  [[nodiscard]] const std::vector<KeyRow>& rows() const { return rows_; }

 private:
  std::string table_;
  std::vector<KeyRow> rows_;
};

/// The rows of any value that has a describe(); takes a copy, since describe() serves readers too.
template <class T>
[[nodiscard]] std::vector<KeyRow> rowsOf(T value) {
  KeyCollector collector;
  describe(collector, value);
  return collector.rows();
}

}  // namespace a2q
