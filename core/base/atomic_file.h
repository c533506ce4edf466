// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace a2q {

/// Replaces `path` by `bytes` so that a reader, or a crash, sees the old content or the new one:
/// temporary file in the same folder, fsync, rename, fsync of the folder.
[[nodiscard]] Status writeFileAtomically(const std::filesystem::path& path,
                                         std::span<const std::byte> bytes);
[[nodiscard]] Status writeFileAtomically(const std::filesystem::path& path, std::string_view text);

/// The same with a temporary file of a known name, which a later call replaces after a crash, and
/// with a look at it before it takes the other's place. The permissions of the old file are kept.
struct CheckedWrite {
  std::filesystem::path temporary;  ///< in the same folder
  std::function<Status(const std::filesystem::path&)> check;
};
[[nodiscard]] Status writeFileChecked(const std::filesystem::path& path,
                                      std::span<const std::byte> bytes, const CheckedWrite& how);

/// The whole file as text, at most `limit` bytes (default 1 GiB).
[[nodiscard]] Result<std::string> readFile(const std::filesystem::path& path,
                                           std::size_t limit = std::size_t{1} << 30);

/// The same, of nothing but a regular file: a named pipe would never end. Errors: kReadFailed.
[[nodiscard]] Result<std::string> readRegularFile(const std::filesystem::path& path);

}  // namespace a2q
