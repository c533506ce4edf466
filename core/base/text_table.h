// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace a2q {

using TextRows = std::vector<std::vector<std::string>>;

/// Characters on the screen: bytes that do not continue a UTF-8 sequence.
[[nodiscard]] std::size_t widthOf(std::string_view text);

/// Rows as columns two spaces apart, the first row being the head. Of every row the columns of
/// `shown`, in that order; those in `left` are set to the left, the others to the right.
[[nodiscard]] std::string tableText(const TextRows& rows, const std::vector<std::size_t>& shown,
                                    const std::vector<std::size_t>& left);

/// The same rows as a table of Markdown, all columns, padded so that it reads well as plain text.
[[nodiscard]] std::string markdownTable(const TextRows& rows, const std::vector<std::size_t>& left);

/// How wide tableText() of those columns is.
[[nodiscard]] std::size_t tableWidth(const TextRows& rows, const std::vector<std::size_t>& shown);

}  // namespace a2q
