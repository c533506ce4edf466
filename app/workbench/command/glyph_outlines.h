// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainterPath>

#include "app/workbench/command/glyph_icon.h"

namespace a2q::workbench {

/// The sign as an area to be filled, in a square of 16 units.
[[nodiscard]] QPainterPath outlineOf(Glyph glyph);

}  // namespace a2q::workbench
