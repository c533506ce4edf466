// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

class QCustomPlot;
class QCPAxisRect;

namespace a2q::views {

/// Colours of a plot, from the palette; the series colours stay apart for colour-blind eyes.
struct PlotTheme {
  QColor background;
  QColor text;
  QColor grid;
  QColor first;   ///< blue
  QColor second;  ///< orange
  QColor limit;   ///< red: what must not be crossed
};

[[nodiscard]] bool isDark(const QPalette& palette);
[[nodiscard]] PlotTheme plotTheme(const QPalette& palette);

/// Background, axes, grids and legends of every axis rectangle.
void applyTheme(QCustomPlot& plot, const PlotTheme& theme);

}  // namespace a2q::views
