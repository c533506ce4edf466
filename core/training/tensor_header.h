// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace a2q {

/// What the header of a safetensors file says of one tensor. The bytes are those of
/// [begin, end) after the header; nothing is checked against them yet.
struct HeaderEntry {
  std::string name;
  std::string type;  ///< "F32", "BF16", ...
  std::vector<std::int64_t> shape;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

/// The JSON header of a safetensors file.
struct TensorHeader {
  std::vector<HeaderEntry> entries;  ///< in the order of the text
  std::map<std::string, std::string> metadata;
};

/// Reads a header without building a tree of it, so that memory stays proportional to the text.
/// The error arm is the reason in words: no JSON, deeper or other than a header is, a name or key
/// that comes twice, a number that is not a size.
[[nodiscard]] tl::expected<TensorHeader, std::string> readTensorHeader(std::string_view json);

}  // namespace a2q
