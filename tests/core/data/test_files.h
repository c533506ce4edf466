// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace a2q::test {

using Bytes = std::vector<std::uint8_t>;

/// A folder of its own for one test, removed with everything in it at the end.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  /// Writes a file (folders are made as needed) and returns its path.
  std::filesystem::path write(const std::string& name, const Bytes& bytes) const;

 private:
  std::filesystem::path path_;
};

/// The header and body of an IDX file of unsigned bytes.
[[nodiscard]] Bytes idxBytes(const std::vector<std::uint32_t>& sizes, const Bytes& body);

/// The bytes as one gzip member.
[[nodiscard]] Bytes gzipped(const Bytes& bytes);

/// 64-bit FNV-1a, enough to notice that anything changed.
[[nodiscard]] std::uint64_t checksum(const Bytes& bytes);

}  // namespace a2q::test
