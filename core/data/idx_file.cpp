// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/idx_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>

#include "core/data/byte_source.h"

namespace a2q {

namespace {

constexpr std::uint32_t kUnsignedBytes = 0x0800;  // the element type's place in the magic number
constexpr std::uint64_t kLargest = std::uint64_t{1} << 31;
constexpr std::size_t kStep = std::size_t{1} << 20;

std::uint32_t bigEndian(std::span<const std::uint8_t> bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
         std::uint32_t{bytes[2]} << 8 | std::uint32_t{bytes[3]};
}

tl::unexpected<Error> truncated(const std::string& name, const ByteSource& source,
                                std::uint64_t found, std::uint64_t expected) {
  std::string cause = fmt::format("{} bytes found, {} expected.", found, expected);
  if (source.cutShort()) cause += " The gzip stream breaks off; sizes are those unpacked.";
  return fail(ErrorCode::kDataTruncated, fmt::format("{} is truncated", name), std::move(cause));
}

Result<std::uint64_t> elementsOf(const std::string& name, const std::vector<std::uint32_t>& sizes) {
  std::uint64_t product = 1;
  for (const std::uint32_t size : sizes) {
    product *= size;  // at most 2^31 · 2^32 before the check below stops it
    if (product == 0 || product > kLargest) {
      return fail(ErrorCode::kFileFormat, fmt::format("{} states impossible sizes", name),
                  fmt::format("Sizes {}; each must be at least 1 and their product at most 2^31.",
                              fmt::join(sizes, " × ")));
    }
  }
  return product;
}

Result<std::vector<std::uint32_t>> readHeader(const std::string& name, ByteSource& source,
                                              std::size_t rank) {
  std::vector<std::uint8_t> header(4 + 4 * rank);
  const Result<std::size_t> found = source.read(header);
  if (!found) return tl::make_unexpected(found.error());
  const auto expected = static_cast<std::uint32_t>(kUnsignedBytes + rank);
  // A wrong magic number says more than a short file does, so it comes first.
  if (*found >= 4 && bigEndian(header) != expected) {
    return fail(ErrorCode::kDataMagic, fmt::format("{} is not the IDX file it should be", name),
                fmt::format("It begins with 0x{:08x}; 0x{:08x} was expected ({}).",
                            bigEndian(header), expected, rank == 1 ? "labels" : "images"));
  }
  if (*found < header.size()) return truncated(name, source, *found, header.size());
  std::vector<std::uint32_t> sizes;
  for (std::size_t i = 1; i <= rank; ++i) {
    sizes.push_back(bigEndian(std::span<const std::uint8_t>(header).subspan(4 * i, 4)));
  }
  return sizes;
}

/// More than this the file cannot hold, whatever its header says; deflate packs 1032 to 1 at most.
std::uint64_t mostBytes(const std::filesystem::path& path, const ByteSource& source) {
  constexpr std::uint64_t kDeflateRatio = 1032;
  std::error_code unknown;
  const std::uintmax_t size = std::filesystem::file_size(path, unknown);
  if (unknown) return 0;
  return source.compressed() ? std::min<std::uint64_t>(size, kLargest) * kDeflateRatio : size;
}

/// `likely` bytes are reserved at once, so that the images never lie in memory twice; they become
/// resident as they are read.
Result<std::vector<std::uint8_t>> readBody(const std::string& name, ByteSource& source,
                                           std::uint64_t header, std::uint64_t expected,
                                           std::uint64_t likely) {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(static_cast<std::size_t>(likely));
  while (bytes.size() < expected) {
    const std::size_t begin = bytes.size();
    bytes.resize(static_cast<std::size_t>(std::min<std::uint64_t>(expected, begin + kStep)));
    const Result<std::size_t> found = source.read(std::span(bytes).subspan(begin));
    if (!found) return tl::make_unexpected(found.error());
    if (begin + *found < bytes.size()) {
      return truncated(name, source, header + begin + *found, header + expected);
    }
  }
  return bytes;
}

// Reading past the end also makes the gzip checksum be compared.
Status expectEnd(const std::string& name, ByteSource& source, std::uint64_t expected) {
  std::uint8_t extra = 0;
  const Result<std::size_t> found = source.read(std::span(&extra, 1));
  if (!found) return tl::make_unexpected(found.error());
  if (*found > 0) {
    return fail(ErrorCode::kFileFormat, fmt::format("{} is longer than it says", name),
                fmt::format("Its header announces {} bytes, and more follow.", expected),
                "Fetch the file again.");
  }
  if (source.cutShort()) {
    return fail(ErrorCode::kDataTruncated, fmt::format("{} is truncated", name),
                fmt::format("All {} bytes are there, but the gzip stream's end is missing, and "
                            "with it the checksum.",
                            expected));
  }
  return {};
}

}  // namespace

Result<IdxArray> readIdx(const std::filesystem::path& path, int rank) {
  Result<ByteSource> source = ByteSource::open(path);
  if (!source) return forward(std::move(source));
  const std::string name = path.string();
  auto sizes = readHeader(name, *source, static_cast<std::size_t>(rank));
  if (!sizes) return forward(std::move(sizes));
  const Result<std::uint64_t> elements = elementsOf(name, *sizes);
  if (!elements) return tl::make_unexpected(elements.error());
  const std::uint64_t header = 4 + 4 * sizes->size();
  auto bytes =
      readBody(name, *source, header, *elements, std::min(*elements, mostBytes(path, *source)));
  if (!bytes) return forward(std::move(bytes));
  Status end = expectEnd(name, *source, header + *elements);
  if (!end) return forward(std::move(end));
  return IdxArray{std::move(*sizes), std::move(*bytes)};
}

}  // namespace a2q
