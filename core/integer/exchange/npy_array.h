// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace a2q {

/// Types of NumPy's arrays, little-endian.
enum class NumberType { kInt8, kInt16, kInt32, kInt64, kFloat64 };

/// "int8", "float64".
[[nodiscard]] std::string_view typeName(NumberType type);

/// The smallest integer type from `least` on that holds every value.
[[nodiscard]] NumberType smallestType(std::span<const std::int64_t> values,
                                      NumberType least = NumberType::kInt8);

/// An .npy file, version 1.0, of integers in row-major order; they must fit `type`.
[[nodiscard]] std::string npyOfIntegers(std::span<const std::int64_t> values,
                                        const std::vector<std::int64_t>& shape, NumberType type);

/// An .npy file of one number, an array without dimensions.
[[nodiscard]] std::string npyOfNumber(double value);

}  // namespace a2q
