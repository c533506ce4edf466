// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace a2q::testing {

/// A tensor as a safetensors file holds it.
struct StoredTensor {
  std::string type;  ///< "F32", "F64", "I32", "I64" or "U8"
  std::vector<std::int64_t> shape;
  std::string bytes;

  /// The numbers of an "I32" or "F32" tensor, little-endian.
  [[nodiscard]] std::vector<std::int32_t> integers() const;
  [[nodiscard]] std::vector<float> floats() const;
};

/// Reads a safetensors file by the letter of its description, apart from the program's writer:
/// 8-byte little-endian length, JSON header, data. Throws std::runtime_error when offsets leave a
/// gap or overlap, sizes do not fit their shapes, or the header is not JSON.
[[nodiscard]] std::map<std::string, StoredTensor> readTensors(const std::filesystem::path& path);

/// The whole file; throws std::runtime_error when it is not there.
[[nodiscard]] std::string contentOf(const std::filesystem::path& path);

}  // namespace a2q::testing
