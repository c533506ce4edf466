// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "core/training/run_record.h"

namespace a2q {

/// A tensor as PyTorch keeps it: elements of a storage, found by an offset and strides (both in
/// elements). Sizes and strides are untrusted.
struct StoredTensor {
  std::string storage_class;  ///< "torch.FloatStorage"
  std::span<const std::byte> storage;
  std::int64_t offset = 0;
  std::vector<std::int64_t> sizes;
  std::vector<std::int64_t> strides;
};

/// The elements in row-major order as at most `most_bytes`: float, double, int, long and byte as
/// they are, half and bfloat16 as kFloat32, bool as kUint8, char and short as kInt32. The error arm
/// is the reason: another type, an element outside the storage, more bytes than allowed.
[[nodiscard]] tl::expected<NamedTensor, std::string> gathered(const StoredTensor& stored,
                                                              std::string name,
                                                              std::uint64_t most_bytes);

}  // namespace a2q
