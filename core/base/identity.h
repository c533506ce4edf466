// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace a2q {

/// A new random UUID (RFC 4122, version 4), 36 characters in small letters.
[[nodiscard]] std::string newUuid();

/// Whether a text is written as newUuid() writes.
[[nodiscard]] bool isUuid(std::string_view text);

/// This moment as "2026-11-23T17:04:05Z".
[[nodiscard]] std::string utcNow();

}  // namespace a2q
