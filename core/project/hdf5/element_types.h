// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <tl/expected.hpp>

#include "core/project/data_tree.h"
#include "core/project/hdf5/handle.h"

namespace a2q {

/// Marks a group as an object, and tells its digest.
inline constexpr const char* kObjectAttribute = "object_sha256";

/// The type by which an array is stored, and in memory.
[[nodiscard]] Handle storedType(const ArrayValue& value);

/// What a stored type becomes.
struct LoadedType {
  ElementType type = ElementType::kForeign;
  std::size_t element_bytes = 0;
  std::vector<std::byte> foreign_type;
  Handle memory;              ///< what to read it as
  bool has_pointers = false;  ///< texts of any length: read as char*
};

/// The error arm is the reason in words: a type whose values are pointers into the file.
[[nodiscard]] tl::expected<LoadedType, std::string> loadedType(hid_t stored);

}  // namespace a2q
