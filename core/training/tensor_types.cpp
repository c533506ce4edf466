// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/tensor_types.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>

namespace a2q {
namespace {

static_assert(std::endian::native == std::endian::little, "tensor bytes are kept as they are");

struct TypeRow {
  TensorType type;
  std::string_view name;
  std::size_t size;
};

constexpr std::array kTypes{
    TypeRow{TensorType::kFloat32, "F32", 4}, TypeRow{TensorType::kFloat64, "F64", 8},
    TypeRow{TensorType::kInt32, "I32", 4},   TypeRow{TensorType::kInt64, "I64", 8},
    TypeRow{TensorType::kUint8, "U8", 1},
};

const TypeRow& rowOf(TensorType type) {
  return *std::find_if(kTypes.begin(), kTypes.end(),
                       [&](const TypeRow& row) { return row.type == type; });
}

/// The float32 with the value of a half: 1 sign, 5 exponent (bias 15) and 10 mantissa bits.
std::uint32_t patternOfHalf(std::uint16_t half) {
  const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000U) << 16;
  const std::uint32_t exponent = half >> 10 & 0x1fU;
  const std::uint32_t mantissa = half & 0x3ffU;
  if (exponent == 0x1f) return sign | 0x7f800000U | mantissa << 13;  // infinite or no number
  if (exponent == 0) {
    // Subnormal: the mantissa counts units of 2^-24, which float32 holds as a normal number.
    return sign | std::bit_cast<std::uint32_t>(static_cast<float>(mantissa) * 0x1p-24F);
  }
  return sign | (exponent + 127 - 15) << 23 | mantissa << 13;
}

std::uint32_t patternOfBfloat(std::uint16_t upper) {
  return static_cast<std::uint32_t>(upper) << 16;
}

std::vector<std::byte> widened(std::span<const std::byte> bytes,
                               std::uint32_t (*pattern_of)(std::uint16_t)) {
  std::vector<std::byte> wide(bytes.size() / 2 * 4);
  for (std::size_t i = 0; i < bytes.size() / 2; ++i) {
    std::uint16_t narrow = 0;
    std::memcpy(&narrow, bytes.data() + 2 * i, sizeof narrow);
    const std::uint32_t pattern = pattern_of(narrow);
    std::memcpy(wide.data() + 4 * i, &pattern, sizeof pattern);
  }
  return wide;
}

}  // namespace

std::size_t elementSize(TensorType type) { return rowOf(type).size; }

std::string_view typeName(TensorType type) { return rowOf(type).name; }

std::optional<TensorType> typeOfName(std::string_view name) {
  for (const TypeRow& row : kTypes) {
    if (row.name == name) return row.type;
  }
  return std::nullopt;
}

std::optional<std::int64_t> elementCount(std::span<const std::int64_t> shape) {
  std::int64_t product = 1;
  bool empty = false;
  for (const std::int64_t side : shape) {
    if (side < 0) return std::nullopt;
    empty = empty || side == 0;
    if (side != 0 && product > std::numeric_limits<std::int64_t>::max() / side) {
      return std::nullopt;
    }
    product *= std::max<std::int64_t>(side, 1);
  }
  return empty ? 0 : product;
}

std::vector<std::byte> floatsOfHalf(std::span<const std::byte> bytes) {
  return widened(bytes, patternOfHalf);
}

std::vector<std::byte> floatsOfBfloat(std::span<const std::byte> bytes) {
  return widened(bytes, patternOfBfloat);
}

}  // namespace a2q
