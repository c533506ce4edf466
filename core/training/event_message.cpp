// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/event_message.h"

#include <array>
#include <bit>

namespace a2q {
namespace {

constexpr std::uint32_t kCastagnoli = 0x82F63B78;  // reflected polynomial of CRC32C
constexpr std::uint32_t kMask = 0xa282ead8;

constexpr std::array<std::uint32_t, 256> crcTable() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    std::uint32_t crc = i;
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ ((crc & 1U) != 0 ? kCastagnoli : 0);
    table[i] = crc;
  }
  return table;
}

std::uint32_t maskedChecksum(std::string_view bytes) {
  static constexpr auto kTable = crcTable();
  std::uint32_t crc = 0xffffffff;
  for (const char byte : bytes) {
    crc = crc >> 8 ^ kTable[(crc ^ static_cast<unsigned char>(byte)) & 0xffU];
  }
  return std::rotr(~crc, 15) + kMask;
}

std::string littleEndian(std::uint64_t value, int size) {
  std::string bytes;
  for (int i = 0; i < size; ++i, value >>= 8) bytes += static_cast<char>(value & 0xffU);
  return bytes;
}

enum class WireType : unsigned { kVarint = 0, kEightBytes = 1, kCounted = 2, kFourBytes = 5 };

std::uint64_t keyOf(int field, WireType type) {
  return static_cast<std::uint64_t>(field) << 3 | static_cast<unsigned>(type);
}

}  // namespace

void EventMessage::varint(std::uint64_t value) {
  for (; value > 0x7f; value >>= 7) bytes_ += static_cast<char>((value & 0x7fU) | 0x80U);
  bytes_ += static_cast<char>(value);
}

EventMessage& EventMessage::integer(int field, std::int64_t value) {
  varint(keyOf(field, WireType::kVarint));
  varint(static_cast<std::uint64_t>(value));
  return *this;
}

EventMessage& EventMessage::real(int field, double value) {
  varint(keyOf(field, WireType::kEightBytes));
  bytes_ += littleEndian(std::bit_cast<std::uint64_t>(value), 8);
  return *this;
}

EventMessage& EventMessage::shortReal(int field, float value) {
  varint(keyOf(field, WireType::kFourBytes));
  bytes_ += littleEndian(std::bit_cast<std::uint32_t>(value), 4);
  return *this;
}

EventMessage& EventMessage::text(int field, std::string_view value) {
  varint(keyOf(field, WireType::kCounted));
  varint(value.size());
  bytes_ += value;
  return *this;
}

EventMessage& EventMessage::reals(int field, std::span<const double> values) {
  varint(keyOf(field, WireType::kCounted));
  varint(values.size() * sizeof(double));
  for (const double value : values) bytes_ += littleEndian(std::bit_cast<std::uint64_t>(value), 8);
  return *this;
}

std::string eventRecord(std::string_view content) {
  std::string record = littleEndian(content.size(), 8);
  record += littleEndian(maskedChecksum(record), 4);
  record += content;
  return record + littleEndian(maskedChecksum(content), 4);
}

}  // namespace a2q
