// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>

namespace a2q {

/// Wide enough for every sum and product of this program's bounds.
using Int128 = __int128;

/// A number of bits; M, N and P are BitWidths, never bare integers.
struct BitWidth {
  int bits = 0;
  auto operator<=>(const BitWidth&) const = default;
};

enum class Signedness { kUnsigned, kSigned };

/// The integer format of an activation: N bits, unsigned [0, 2^N − 1] or two's complement
/// [−2^(N−1), 2^(N−1) − 1].
struct IntegerFormat {
  BitWidth width;
  Signedness sign = Signedness::kUnsigned;

  [[nodiscard]] constexpr bool isSigned() const { return sign == Signedness::kSigned; }
  [[nodiscard]] constexpr std::int64_t minimum() const {
    return isSigned() ? -(std::int64_t{1} << (width.bits - 1)) : 0;
  }
  [[nodiscard]] constexpr std::int64_t maximum() const {
    return (std::int64_t{1} << (width.bits - (isSigned() ? 1 : 0))) - 1;
  }
  bool operator==(const IntegerFormat&) const = default;
};

/// A closed interval of integers that contains zero.
struct IntegerRange {
  std::int64_t minimum = 0;
  std::int64_t maximum = 0;
  bool operator==(const IntegerRange&) const = default;
};

[[nodiscard]] constexpr IntegerRange rangeOf(IntegerFormat format) {
  return {format.minimum(), format.maximum()};
}

/// The largest magnitude of a narrow M-bit weight, L = 2^(M−1) − 1.
[[nodiscard]] constexpr std::int64_t weightLimit(BitWidth m) {
  return (std::int64_t{1} << (m.bits - 1)) - 1;
}

}  // namespace a2q
