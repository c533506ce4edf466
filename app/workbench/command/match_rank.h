// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

namespace a2q::workbench {

/// How well `text` answers what was typed, a higher number being better; none when the letters of
/// `query` do not stand in `text` in this order. Case and blanks do not matter. Letters that begin
/// a word or follow each other count more, and so does a short text.
[[nodiscard]] std::optional<int> matchRank(const QString& query, const QString& text);

}  // namespace a2q::workbench
