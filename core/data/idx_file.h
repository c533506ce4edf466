// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/base/result.h"

namespace a2q {

/// What an IDX file of unsigned bytes holds: its sizes, slowest first, and the bytes.
struct IdxArray {
  std::vector<std::uint32_t> sizes;
  std::vector<std::uint8_t> bytes;
};

/// Reads an IDX file with `rank` dimensions (1: labels, 3: images), plain or gzip. Memory grows
/// with what the file holds, not with what its header says. Errors: kDataMagic, kDataTruncated,
/// kFileFormat (a size of 0, more than 2^31 bytes, bytes after the last element, corrupt gzip
/// data), kReadFailed.
[[nodiscard]] Result<IdxArray> readIdx(const std::filesystem::path& path, int rank);

}  // namespace a2q
