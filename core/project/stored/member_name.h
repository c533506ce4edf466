// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace a2q {

/// A name as the name of a member of an HDF5 group, which may neither be empty or "." nor contain
/// '/': '%', '/' and control characters become '%' and two hexadecimal digits ("%2F"), so does the
/// first point of "." and ".."; the empty name becomes "%".
[[nodiscard]] std::string memberName(std::string_view name);

/// And back; none for a text that memberName() does not give.
[[nodiscard]] std::optional<std::string> nameOfMember(std::string_view member);

}  // namespace a2q
