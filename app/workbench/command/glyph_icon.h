// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

namespace a2q::workbench {

enum class Glyph { kOpen, kSample, kStart, kPause, kStop, kSave };

/// A plain sign drawn in the palette's text colour: sharp at any scale, right in light and dark.
[[nodiscard]] QIcon glyphIcon(Glyph glyph);

}  // namespace a2q::workbench
