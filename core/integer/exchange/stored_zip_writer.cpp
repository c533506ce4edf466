// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/exchange/stored_zip_writer.h"

#include <zlib.h>

#include <cstdint>
#include <limits>

namespace a2q {
namespace {

constexpr std::uint32_t kLocalHeader = 0x04034b50;
constexpr std::uint32_t kCentralHeader = 0x02014b50;
constexpr std::uint32_t kEndRecord = 0x06054b50;
constexpr std::uint16_t kVersion = 10;  // 1.0: plain stored files
constexpr std::uint16_t kTime = 0;
constexpr std::uint16_t kDate = (1 << 5) | 1;  // years from 1980, month, day
constexpr std::size_t kLargest = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kMostEntries = std::numeric_limits<std::uint16_t>::max();

void put16(std::string& out, std::uint64_t value) {
  for (int shift = 0; shift < 16; shift += 8) out += static_cast<char>((value >> shift) & 0xff);
}

void put32(std::string& out, std::uint64_t value) {
  put16(out, value & 0xffff);
  put16(out, value >> 16);
}

/// What the local and the central header of an entry have in common.
std::string commonFields(const ZipEntry& entry) {
  const auto* bytes = reinterpret_cast<const Bytef*>(entry.bytes.data());
  std::string out;
  put16(out, kVersion);
  put16(out, 0);  // flags
  put16(out, 0);  // stored
  put16(out, kTime);
  put16(out, kDate);
  put32(out, crc32_z(crc32_z(0, nullptr, 0), bytes, entry.bytes.size()));
  put32(out, entry.bytes.size());  // in the archive
  put32(out, entry.bytes.size());  // unpacked
  put16(out, entry.name.size());
  put16(out, 0);  // extra field
  return out;
}

void addCentralHeader(std::string& out, const ZipEntry& entry, const std::string& common,
                      std::size_t offset) {
  put32(out, kCentralHeader);
  put16(out, kVersion);
  out += common;
  put16(out, 0);  // comment
  put16(out, 0);  // disk
  put16(out, 0);  // internal attributes
  put32(out, 0);  // external attributes
  put32(out, offset);
  out += entry.name;
}

tl::unexpected<Error> tooLarge() {
  return fail(ErrorCode::kNotExported, "the archive would be too large",
              "plain ZIP ends at 4 GiB and 65,535 entries");
}

}  // namespace

Result<std::string> storedZip(std::span<const ZipEntry> entries) {
  std::string out;
  std::string central;
  for (const ZipEntry& entry : entries) {
    const std::size_t offset = out.size();
    if (entry.bytes.size() > kLargest || offset > kLargest) return tooLarge();
    const std::string common = commonFields(entry);
    put32(out, kLocalHeader);
    out += common + entry.name + entry.bytes;
    addCentralHeader(central, entry, common, offset);
  }
  const std::size_t begin = out.size();
  if (entries.size() > kMostEntries || begin + central.size() > kLargest) return tooLarge();
  out += central;
  put32(out, kEndRecord);
  put16(out, 0);  // this disk
  put16(out, 0);  // disk of the central directory
  put16(out, entries.size());
  put16(out, entries.size());
  put32(out, central.size());
  put32(out, begin);
  put16(out, 0);  // comment
  return out;
}

}  // namespace a2q
