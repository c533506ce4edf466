// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/base/result.h"

class QCustomPlot;

namespace a2q::views {

/// What a plot is saved as.
enum class PictureKind { kPng, kSvg, kPdf };

/// Writes the picture as it is on the screen, under its title, in one step: a failed write leaves
/// the old file. Errors: kWriteFailed.
[[nodiscard]] Status exportPicture(QCustomPlot& plot, const QString& title, PictureKind kind,
                                   const QString& path);

/// Writes text, likewise.
[[nodiscard]] Status exportText(const QString& text, const QString& path);

}  // namespace a2q::views
