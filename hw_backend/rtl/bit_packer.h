// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace a2q {

/// A word of any width, filled from its low bits with integers in two's complement.
class BitPacker {
 public:
  /// Appends the low `bits` (≥ 1) of a value, extended by its sign where it has fewer.
  void add(std::int64_t value, int bits);

  [[nodiscard]] std::int64_t width() const { return static_cast<std::int64_t>(bits_.size()); }

  /// All digits, the high bits first, at least one digit.
  [[nodiscard]] std::string hex() const;

 private:
  std::vector<bool> bits_;
};

/// The `bits` (1..64) from `offset` of a word in hexadecimal digits, as a signed or unsigned
/// integer; digits that are not there count as 0.
[[nodiscard]] std::int64_t unpackBits(const std::string& hex, std::int64_t offset, int bits,
                                      bool is_signed);

}  // namespace a2q
