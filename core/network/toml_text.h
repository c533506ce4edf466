// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace a2q {

/// A TOML basic string: quotes, backslashes and control characters escaped; bytes that are not
/// UTF-8 become U+FFFD, since TOML cannot hold them.
[[nodiscard]] std::string tomlString(std::string_view text);

/// A TOML float that reads back to the same double: shortest digits, always with a point or an
/// exponent so that it stays a float.
[[nodiscard]] std::string tomlFloat(double value);

/// A bare key where TOML allows it, else a quoted one.
[[nodiscard]] std::string tomlKey(std::string_view name);

}  // namespace a2q
