// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/exchange/npy_array.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

namespace a2q {
namespace {

static_assert(std::endian::native == std::endian::little, "arrays are written as they are");

constexpr std::size_t kAlignment = 64;
constexpr std::string_view kMagic("\x93NUMPY\x01\x00", 8);
constexpr std::size_t kLengthField = 2;

std::string_view descriptionOf(NumberType type) {
  switch (type) {
    case NumberType::kInt8: return "|i1";
    case NumberType::kInt16: return "<i2";
    case NumberType::kInt32: return "<i4";
    case NumberType::kInt64: return "<i8";
    case NumberType::kFloat64: break;
  }
  return "<f8";
}

/// A Python tuple: "()", "(3,)", "(3, 4)".
std::string tupleText(const std::vector<std::int64_t>& shape) {
  std::string out = "(";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    out += fmt::format("{}{}", i == 0 ? "" : " ", shape[i]);
    if (i + 1 < shape.size() || shape.size() == 1) out += ',';
  }
  return out + ")";
}

/// Magic, version, length and a Python dictionary; spaces and a line feed fill it up so that the
/// numbers begin at a multiple of 64 bytes.
std::string headerOf(NumberType type, const std::vector<std::int64_t>& shape) {
  std::string text = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': {}, }}",
                                 descriptionOf(type), tupleText(shape));
  const std::size_t used = kMagic.size() + kLengthField + text.size() + 1;
  text.append((kAlignment - used % kAlignment) % kAlignment, ' ');
  text += '\n';
  std::string out(kMagic);
  out += static_cast<char>(text.size() & 0xff);
  out += static_cast<char>(text.size() >> 8);
  return out + text;
}

template <class T>
void append(std::string& out, std::span<const std::int64_t> values) {
  const std::size_t begin = out.size();
  out.resize(begin + values.size() * sizeof(T));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto value = static_cast<T>(values[i]);
    std::memcpy(out.data() + begin + i * sizeof(T), &value, sizeof(T));
  }
}

template <class T>
bool holds(std::int64_t low, std::int64_t high) {
  return low >= std::numeric_limits<T>::min() && high <= std::numeric_limits<T>::max();
}

}  // namespace

std::string_view typeName(NumberType type) {
  switch (type) {
    case NumberType::kInt8: return "int8";
    case NumberType::kInt16: return "int16";
    case NumberType::kInt32: return "int32";
    case NumberType::kInt64: return "int64";
    case NumberType::kFloat64: break;
  }
  return "float64";
}

NumberType smallestType(std::span<const std::int64_t> values, NumberType least) {
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  NumberType type = NumberType::kInt8;
  if (low != values.end() && !holds<std::int8_t>(*low, *high)) {
    type = holds<std::int16_t>(*low, *high)   ? NumberType::kInt16
           : holds<std::int32_t>(*low, *high) ? NumberType::kInt32
                                              : NumberType::kInt64;
  }
  return std::max(type, least);
}

std::string npyOfIntegers(std::span<const std::int64_t> values,
                          const std::vector<std::int64_t>& shape, NumberType type) {
  std::string out = headerOf(type, shape);
  switch (type) {
    case NumberType::kInt8: append<std::int8_t>(out, values); break;
    case NumberType::kInt16: append<std::int16_t>(out, values); break;
    case NumberType::kInt32: append<std::int32_t>(out, values); break;
    case NumberType::kInt64: append<std::int64_t>(out, values); break;
    case NumberType::kFloat64: append<double>(out, values); break;
  }
  return out;
}

std::string npyOfNumber(double value) {
  std::string out = headerOf(NumberType::kFloat64, {});
  const std::size_t begin = out.size();
  out.resize(begin + sizeof(value));
  std::memcpy(out.data() + begin, &value, sizeof(value));
  return out;
}

}  // namespace a2q
