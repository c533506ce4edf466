// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

namespace a2q::workbench {

enum class Glyph {
  kNew,
  kOpen,
  kSample,
  kSave,
  kUndo,
  kRedo,
  kCopy,
  kPreferences,
  kStart,
  kPause,
  kStop,
  kAbort,
  kCheck,
  kChip,
  kSearch,
  kLayout,
  kTheme,
  kHelp,
  kWarning,
  kMissing,
  kAbsent,  ///< optional and not there
};
constexpr int kGlyphCount = static_cast<int>(Glyph::kAbsent) + 1;

/// A plain sign drawn in the palette's text colour: sharp at any scale, right in light and dark.
[[nodiscard]] QIcon glyphIcon(Glyph glyph);

}  // namespace a2q::workbench
