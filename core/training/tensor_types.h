// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/training/run_record.h"

namespace a2q {

/// Bytes of one element.
[[nodiscard]] std::size_t elementSize(TensorType type);

/// "F32", "F64", "I32", "I64", "U8": the name of a type in a safetensors file.
[[nodiscard]] std::string_view typeName(TensorType type);
[[nodiscard]] std::optional<TensorType> typeOfName(std::string_view name);

/// Product of the sides; none for a negative side and when the product of the sides that are not
/// zero does not fit in 63 bits.
[[nodiscard]] std::optional<std::int64_t> elementCount(std::span<const std::int64_t> shape);

/// Numbers of two bytes each (little-endian) as float32 bytes, exactly: IEEE half precision, and
/// the upper half of a float32 (bfloat16).
[[nodiscard]] std::vector<std::byte> floatsOfHalf(std::span<const std::byte> bytes);
[[nodiscard]] std::vector<std::byte> floatsOfBfloat(std::span<const std::byte> bytes);

}  // namespace a2q
