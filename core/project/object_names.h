// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace a2q {

/// Whether a text is 64 hexadecimal digits in small letters.
[[nodiscard]] bool isObjectDigest(std::string_view text);

/// "<digest>.h5".
[[nodiscard]] std::string objectFileName(std::string_view digest);

/// The digest in "<folder>.objects/<digest>.h5"; none for any other path, so that nothing outside
/// the folder of a project can be named.
[[nodiscard]] std::optional<std::string> digestOfObjectFile(std::string_view path);

/// Whether a text is the plain name of a folder of objects: "<name>.objects".
[[nodiscard]] bool isObjectsFolderName(std::string_view text);

}  // namespace a2q
