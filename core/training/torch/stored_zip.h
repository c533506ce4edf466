// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <tl/expected.hpp>

namespace a2q {

/// The entries of a ZIP archive by name, as parts of the archive's own bytes: nothing is copied,
/// so that no archive takes more memory than its file.
using ZipEntries = std::map<std::string, std::span<const std::byte>>;

/// Finds the entries of an archive whose entries are stored, not compressed, as those of
/// torch.save are; ZIP64 too. The error arm is the reason in words: no archive, an entry that
/// leaves it, that is compressed, that comes twice, or whose checksum is wrong.
[[nodiscard]] tl::expected<ZipEntries, std::string> readStoredZip(
    std::span<const std::byte> archive);

}  // namespace a2q
