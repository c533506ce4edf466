// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/project/data_tree.h"

namespace a2q {

/// What is wrong with an array in itself: elements of another size than their type has, or a shape
/// that does not give the number of bytes; none when it is sound.
[[nodiscard]] std::optional<std::string> faultOf(const ArrayValue& value);

/// Looks at the members of a stored object that somebody else may have written. The first thing
/// that is wrong is kept; what is read from then on is empty, so that callers ask once, at the end.
class ObjectReader {
 public:
  /// `error` is shared by the readers of a tree; `path` is shown in it and ends in '/' or is empty.
  ObjectReader(const DataTree& tree, std::string path, std::optional<Error>& error)
      : tree_(&tree), path_(std::move(path)), error_(&error) {}

  [[nodiscard]] const DataTree& tree() const { return *tree_; }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] bool good() const { return !*error_; }
  void wrong(std::string_view member, std::string cause);

  [[nodiscard]] ObjectReader group(const std::string& name);
  /// Null when it is missing or not sound.
  [[nodiscard]] const DataArray* array(const std::string& name);
  [[nodiscard]] std::string longText(const std::string& name);

  /// Attributes of the group, or of one of its arrays.
  [[nodiscard]] std::string text(const Attributes& of, const std::string& name);
  [[nodiscard]] double real(const Attributes& of, const std::string& name);
  [[nodiscard]] std::int64_t integer(const Attributes& of, const std::string& name,
                                     std::int64_t least, std::int64_t most);
  /// None when there is no such attribute.
  [[nodiscard]] std::optional<std::int64_t> optionalInteger(const Attributes& of,
                                                            const std::string& name,
                                                            std::int64_t least, std::int64_t most);
  /// The position of the text among `words`.
  [[nodiscard]] std::size_t word(const Attributes& of, const std::string& name,
                                 std::span<const std::string_view> words);

 private:
  [[nodiscard]] const ArrayValue* attribute(const Attributes& of, const std::string& name);

  const DataTree* tree_;
  std::string path_;
  std::optional<Error>* error_;
};

/// The attribute that keeps the order of a group's members, which HDF5 sorts by name.
inline constexpr const char* kPosition = "position";

/// The names of a group's arrays in the order of their positions, which must be 0, 1, and so on;
/// empty after an error.
[[nodiscard]] std::vector<std::string> membersInOrder(ObjectReader& group);

}  // namespace a2q
