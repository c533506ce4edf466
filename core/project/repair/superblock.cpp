// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/repair/superblock.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace a2q {
namespace {

constexpr std::string_view kSignature{"\x89HDF\r\n\x1a\n", 8};
constexpr std::size_t kSummed = kSuperblockBytes - 4;

/// Bob Jenkins' lookup3 (hashlittle, initial value 0), which HDF5 guards its metadata with.
std::uint32_t lookup3(std::span<const std::byte> bytes) {
  std::uint32_t a = 0xdeadbeef + static_cast<std::uint32_t>(bytes.size());
  std::uint32_t b = a;
  std::uint32_t c = a;
  const auto word = [&bytes](std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4 && at + i < bytes.size(); ++i) {
      value |= static_cast<std::uint32_t>(bytes[at + i]) << (8 * i);
    }
    return value;
  };
  std::size_t at = 0;
  for (; bytes.size() - at > 12; at += 12) {
    a += word(at);
    b += word(at + 4);
    c += word(at + 8);
    a = (a - c) ^ std::rotl(c, 4);
    c += b;
    b = (b - a) ^ std::rotl(a, 6);
    a += c;
    c = (c - b) ^ std::rotl(b, 8);
    b += a;
    a = (a - c) ^ std::rotl(c, 16);
    c += b;
    b = (b - a) ^ std::rotl(a, 19);
    a += c;
    c = (c - b) ^ std::rotl(b, 4);
    b += a;
  }
  a += word(at);
  b += word(at + 4);
  c += word(at + 8);
  c = (c ^ b) - std::rotl(b, 14);
  a = (a ^ c) - std::rotl(c, 11);
  b = (b ^ a) - std::rotl(a, 25);
  c = (c ^ b) - std::rotl(b, 16);
  a = (a ^ c) - std::rotl(c, 4);
  b = (b ^ a) - std::rotl(a, 14);
  c = (c ^ b) - std::rotl(b, 24);
  return c;
}

template <class Number>
void put(std::span<std::byte> bytes, std::size_t at, Number value) {
  std::memcpy(bytes.data() + at, &value, sizeof value);
}

template <class Number>
Number get(std::span<const std::byte> bytes, std::size_t at) {
  Number value{};
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

}  // namespace

std::array<std::byte, kSuperblockBytes> superblockBytes(const Superblock& block) {
  std::array<std::byte, kSuperblockBytes> bytes{};
  constexpr std::uint64_t kNoExtension = ~std::uint64_t{0};
  std::memcpy(bytes.data(), kSignature.data(), kSignature.size());
  put<std::uint8_t>(bytes, 8, 3);   // version
  put<std::uint8_t>(bytes, 9, 8);   // bytes of an address
  put<std::uint8_t>(bytes, 10, 8);  // bytes of a length
  put(bytes, 12, block.base);
  put(bytes, 20, kNoExtension);
  put(bytes, 28, block.end);
  put(bytes, 36, block.root);
  put(bytes, kSummed, lookup3(std::span(bytes).first(kSummed)));
  return bytes;
}

std::optional<Superblock> superblockIn(std::span<const std::byte> bytes) {
  if (bytes.size() < kSuperblockBytes) return std::nullopt;
  if (std::memcmp(bytes.data(), kSignature.data(), kSignature.size()) != 0) return std::nullopt;
  if (lookup3(bytes.first(kSummed)) != get<std::uint32_t>(bytes, kSummed)) return std::nullopt;
  return Superblock{get<std::uint64_t>(bytes, 12), get<std::uint64_t>(bytes, 28),
                    get<std::uint64_t>(bytes, 36)};
}

std::vector<std::uint64_t> objectHeaders(std::string_view file, std::size_t most) {
  constexpr std::string_view kHeader{"OHDR\x02", 5};
  std::vector<std::uint64_t> places;
  for (std::size_t at = file.find(kHeader); at != std::string_view::npos && places.size() < most;
       at = file.find(kHeader, at + 1)) {
    places.push_back(at);
  }
  return places;
}

}  // namespace a2q
