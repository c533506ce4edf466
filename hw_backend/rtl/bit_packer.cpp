// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/rtl/bit_packer.h"

#include <algorithm>
#include <string_view>

namespace a2q {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

/// Bit `position` of a word in hexadecimal digits.
bool bitOf(const std::string& hex, std::int64_t position) {
  const auto digit = static_cast<std::size_t>(position / 4);
  if (digit >= hex.size()) return false;
  const auto value = kDigits.find(hex[hex.size() - 1 - digit]);
  return value != std::string_view::npos && ((value >> (position % 4)) & 1U) != 0;
}

}  // namespace

void BitPacker::add(std::int64_t value, int bits) {
  for (int bit = 0; bit < bits; ++bit) bits_.push_back(((value >> std::min(bit, 63)) & 1) != 0);
}

std::string BitPacker::hex() const {
  std::string digits;
  for (std::size_t low = 0; low < std::max<std::size_t>(bits_.size(), 1); low += 4) {
    unsigned digit = 0;
    for (std::size_t bit = low; bit < std::min(low + 4, bits_.size()); ++bit)
      if (bits_[bit]) digit |= 1U << (bit - low);
    digits.push_back(kDigits[digit]);
  }
  std::reverse(digits.begin(), digits.end());
  return digits;
}

std::int64_t unpackBits(const std::string& hex, std::int64_t offset, int bits, bool is_signed) {
  std::uint64_t value = 0;
  for (int bit = 0; bit < bits; ++bit)
    if (bitOf(hex, offset + bit)) value |= std::uint64_t{1} << bit;
  if (is_signed && bits < 64 && ((value >> (bits - 1)) & 1U) != 0)
    value |= ~std::uint64_t{0} << bits;
  return static_cast<std::int64_t>(value);
}

}  // namespace a2q
