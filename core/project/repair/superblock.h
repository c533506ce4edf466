// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace a2q {

/// By what libhdf5 finds its way into a file: version 3 of the superblock, in the HDF5 File Format
/// Specification, section II.A. It is written anew where damage hit it.
struct Superblock {
  std::uint64_t base = 0;  ///< where it stands; addresses inside the file count from here
  std::uint64_t end = 0;   ///< of the file
  std::uint64_t root = 0;  ///< address of the header of the root group, from the base
};

inline constexpr std::size_t kSuperblockBytes = 48;

[[nodiscard]] std::array<std::byte, kSuperblockBytes> superblockBytes(const Superblock& block);

/// The superblock that begins with these bytes; none when its checksum says that it is damaged.
[[nodiscard]] std::optional<Superblock> superblockIn(std::span<const std::byte> bytes);

/// Where object headers of version 2 begin in a file, at most `most` of them.
[[nodiscard]] std::vector<std::uint64_t> objectHeaders(std::string_view file, std::size_t most);

}  // namespace a2q
