// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/torch/stored_zip.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <optional>

namespace a2q {
namespace {

using Bytes = std::span<const std::byte>;
using Reason = tl::unexpected<std::string>;

constexpr std::uint64_t kEntryMark = 0x02014b50;
constexpr std::uint64_t kLocalMark = 0x04034b50;
constexpr std::uint64_t kEndMark = 0x06054b50;
constexpr std::uint64_t kEnd64Mark = 0x06064b50;
constexpr std::uint64_t kLocator64Mark = 0x07064b50;
constexpr std::size_t kEndSize = 22;
constexpr std::size_t kLocatorSize = 20;
constexpr std::size_t kMostComment = 0xffff;
constexpr std::uint64_t kIn64 = 0xffffffff;  // the value stands in the ZIP64 field

Reason because(std::string why) { return tl::make_unexpected(std::move(why)); }

/// A little-endian number; 0 beyond the end.
std::uint64_t number(Bytes bytes, std::uint64_t at, std::size_t size) {
  if (at > bytes.size() || size > bytes.size() - at) return 0;
  std::uint64_t value = 0;
  for (std::size_t i = size; i-- > 0;) {
    value = value << 8 | std::to_integer<std::uint64_t>(bytes[at + i]);
  }
  return value;
}

std::optional<Bytes> part(Bytes bytes, std::uint64_t at, std::uint64_t size) {
  if (at > bytes.size() || size > bytes.size() - at) return std::nullopt;
  return bytes.subspan(at, size);
}

/// The list of entries, which stands near the end of an archive.
std::optional<Bytes> directoryOf(Bytes archive) {
  if (archive.size() < kEndSize) return std::nullopt;
  const std::size_t last = archive.size() - kEndSize;
  for (std::size_t back = 0; back <= std::min(last, kMostComment); ++back) {
    const std::size_t end = last - back;
    if (number(archive, end, 4) != kEndMark || number(archive, end + 20, 2) != back) continue;
    std::uint64_t size = number(archive, end + 12, 4);
    std::uint64_t start = number(archive, end + 16, 4);
    if (end >= kLocatorSize && number(archive, end - kLocatorSize, 4) == kLocator64Mark) {
      const std::uint64_t end64 = number(archive, end - kLocatorSize + 8, 8);
      if (number(archive, end64, 4) != kEnd64Mark) return std::nullopt;
      size = number(archive, end64 + 40, 8);
      start = number(archive, end64 + 48, 8);
    }
    return part(archive, start, size);
  }
  return std::nullopt;
}

/// One line of the list.
struct Entry {
  std::string name;
  std::uint64_t flags = 0;
  std::uint64_t method = 0;
  std::uint64_t crc = 0;
  std::uint64_t packed = 0;
  std::uint64_t size = 0;
  std::uint64_t local = 0;  ///< where the entry stands
};

/// Takes the 64-bit values in the place of those that did not fit 32 bits.
void widen(Entry& entry, Bytes extra) {
  while (extra.size() >= 4) {
    const std::uint64_t length = number(extra, 2, 2);
    const auto field = part(extra, 4, length);
    if (!field) return;
    if (number(extra, 0, 2) == 1) {
      std::uint64_t at = 0;
      for (std::uint64_t* value : {&entry.size, &entry.packed, &entry.local}) {
        if (*value != kIn64) continue;
        *value = number(*field, at, 8);
        at += 8;
      }
    }
    extra = extra.subspan(4 + length);
  }
}

/// Reads the first line of the list and takes it off.
std::optional<Entry> takeEntry(Bytes& list) {
  constexpr std::size_t kFixed = 46;
  const std::uint64_t name_size = number(list, 28, 2);
  const std::uint64_t extra_size = number(list, 30, 2);
  const std::uint64_t whole = kFixed + name_size + extra_size + number(list, 32, 2);
  if (list.size() < kFixed || number(list, 0, 4) != kEntryMark || whole > list.size()) {
    return std::nullopt;
  }
  Entry entry;
  entry.name.assign(reinterpret_cast<const char*>(list.data()) + kFixed, name_size);
  entry.flags = number(list, 8, 2);
  entry.method = number(list, 10, 2);
  entry.crc = number(list, 16, 4);
  entry.packed = number(list, 20, 4);
  entry.size = number(list, 24, 4);
  entry.local = number(list, 42, 4);
  widen(entry, list.subspan(kFixed + name_size, extra_size));
  list = list.subspan(whole);
  return entry;
}

std::uint64_t checksum(Bytes bytes) {
  return crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
}

tl::expected<Bytes, std::string> contentOf(const Entry& entry, Bytes archive) {
  constexpr std::size_t kFixed = 30;
  if (entry.method != 0 || (entry.flags & 1U) != 0 || entry.packed != entry.size) {
    return because(fmt::format("its entry '{}' is compressed or encrypted", entry.name));
  }
  const auto head = part(archive, entry.local, kFixed);
  if (!head || number(*head, 0, 4) != kLocalMark) {
    return because(fmt::format("its entry '{}' is not where it should be", entry.name));
  }
  const std::uint64_t skip = kFixed + number(*head, 26, 2) + number(*head, 28, 2);
  const auto content = part(archive, entry.local + skip, entry.size);
  if (!content) return because(fmt::format("its entry '{}' leaves the file", entry.name));
  if (checksum(*content) != entry.crc) {
    return because(fmt::format("its entry '{}' is damaged: the checksum is wrong", entry.name));
  }
  return *content;
}

}  // namespace

tl::expected<ZipEntries, std::string> readStoredZip(std::span<const std::byte> archive) {
  auto list = directoryOf(archive);
  if (!list) return because("it is no ZIP archive, or it ends early");
  ZipEntries entries;
  while (!list->empty()) {
    const auto entry = takeEntry(*list);
    if (!entry) return because("the list of its entries is damaged");
    const auto content = contentOf(*entry, archive);
    if (!content) return because(content.error());
    if (!entries.emplace(entry->name, *content).second) {
      return because(fmt::format("its entry '{}' comes twice", entry->name));
    }
  }
  return entries;
}

}  // namespace a2q
