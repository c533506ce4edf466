// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <toml++/toml.h>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/bounds/integer_format.h"
#include "core/network/quant_limits.h"
#include "core/network/shape.h"

namespace a2q {

/// One value of a specification seen as TOML: what is expected, how it is read, how it is written.
/// A field refers to the value it stands for and lives no longer than one call.
class Field {
 public:
  virtual ~Field() = default;

  /// The words of an error message and of the list of keys: "an integer of at least 1".
  [[nodiscard]] virtual std::string expected() const = 0;

  /// Takes the value of a node; false, and nothing changed, when it is not what is expected.
  [[nodiscard]] virtual bool read(const toml::node& node) = 0;

  /// TOML text of the value; empty when there is none to write.
  [[nodiscard]] virtual std::string write() const = 0;

  /// The words the value may take, for suggestions.
  [[nodiscard]] virtual std::vector<std::string_view> words() const { return {}; }

  /// Called when the key is absent: for defaults that follow another key.
  virtual void readAbsent() {}

  /// TOML text and words of such a default; empty: the default is that of the header.
  struct Fallback {
    std::string text;
    std::string words;
  };
  [[nodiscard]] virtual Fallback fallback() const { return {}; }
};

using FieldPointer = std::unique_ptr<Field>;

inline constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();
inline constexpr double kHuge = std::numeric_limits<double>::max();

/// An integer in [least, most].
[[nodiscard]] FieldPointer integer(std::int64_t& value, std::int64_t least,
                                   std::int64_t most = kLargest);

/// A number of the whole range of uint64; what TOML's integers cannot hold is written as a string.
[[nodiscard]] FieldPointer seed(std::uint64_t& value);

/// The lower end of a range of numbers belongs to it, or does not.
enum class LowerEnd { kIncluded, kExcluded };

/// A finite number from `least` to `most`; integers are taken as numbers.
[[nodiscard]] FieldPointer number(double& value, double least, LowerEnd end, double most = kHuge);

[[nodiscard]] FieldPointer flag(bool& value);

/// true for signed codes.
[[nodiscard]] FieldPointer flag(Signedness& value);

[[nodiscard]] FieldPointer text(std::string& value);

/// A list of texts.
[[nodiscard]] FieldPointer texts(std::vector<std::string>& value);

/// One text in a list: "input" as the short form of "inputs".
[[nodiscard]] FieldPointer onlyText(std::vector<std::string>& value);

/// One word of a fixed list, by its index.
[[nodiscard]] FieldPointer word(std::size_t& index, std::vector<std::string_view> words);

/// Height and width: one integer for both, or [height, width].
[[nodiscard]] FieldPointer extent(Extent& value, std::int64_t least);

/// The same; when absent it becomes `fallback`, in words `label`.
[[nodiscard]] FieldPointer extent(Extent& value, std::int64_t least, Extent fallback,
                                  std::string_view label);

/// [channels, height, width].
[[nodiscard]] FieldPointer shape(Shape& value);

[[nodiscard]] FieldPointer bits(BitWidth& value, BitLimits limits);

/// Absent means inherited.
[[nodiscard]] FieldPointer bits(std::optional<BitWidth>& value, BitLimits limits);

/// "free" means none.
[[nodiscard]] FieldPointer bitsOrFree(std::optional<BitWidth>& value, BitLimits limits);

/// The groups of a convolution, or "depthwise" (see kDepthwiseGroups).
[[nodiscard]] FieldPointer groups(std::int64_t& value);

/// One word of a table of words with the values they stand for.
template <class T>
struct WordRow {
  std::string_view word;
  T value;
};

template <class T>
class WordField : public Field {
 public:
  WordField(T& value, std::span<const WordRow<T>> rows) : value_(value), rows_(rows) {}

  [[nodiscard]] std::string expected() const override {
    std::string list = "one of";
    for (const auto& row : rows_) {
      list += (&row == rows_.data() ? " \"" : ", \"") + std::string(row.word) + "\"";
    }
    return list;
  }
  [[nodiscard]] bool read(const toml::node& node) override {
    const auto given = node.value_exact<std::string>();
    if (!given) return false;
    for (const auto& row : rows_) {
      if (row.word != *given) continue;
      value_ = row.value;
      return true;
    }
    return false;
  }
  [[nodiscard]] std::string write() const override {
    for (const auto& row : rows_) {
      if (row.value == value_) return '"' + std::string(row.word) + '"';
    }
    return {};
  }
  [[nodiscard]] std::vector<std::string_view> words() const override {
    std::vector<std::string_view> all;
    for (const auto& row : rows_) all.push_back(row.word);
    return all;
  }

 private:
  T& value_;
  std::span<const WordRow<T>> rows_;
};

/// A word of a table; T may be an optional (absent means inherited).
template <class T>
[[nodiscard]] FieldPointer word(T& value, std::span<const WordRow<T>> rows) {
  return std::make_unique<WordField<T>>(value, rows);
}

}  // namespace a2q
