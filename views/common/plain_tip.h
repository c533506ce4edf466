// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace a2q::views {

/// A text with names of networks and files in it, for a tooltip: shown as it is, even if it reads
/// like markup.
[[nodiscard]] QString plainTip(const QString& text);

}  // namespace a2q::views
