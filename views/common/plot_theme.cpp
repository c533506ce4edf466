// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/plot_theme.h"

#include "views/common/qcustomplot.h"

namespace a2q::views {
namespace {

void themeAxis(QCPAxis& axis, const PlotTheme& theme) {
  axis.setBasePen(QPen(theme.text));
  axis.setTickPen(QPen(theme.text));
  axis.setSubTickPen(QPen(theme.grid));
  axis.setTickLabelColor(theme.text);
  axis.setLabelColor(theme.text);
  axis.grid()->setPen(QPen(theme.grid, 1, Qt::DotLine));
  axis.grid()->setZeroLinePen(QPen(theme.grid));
}

void themeLegend(QCPLegend& legend, const PlotTheme& theme) {
  QColor veil = theme.background;
  veil.setAlpha(200);
  legend.setBrush(veil);
  legend.setBorderPen(QPen(theme.grid));
  legend.setTextColor(theme.text);
}

}  // namespace

bool isDark(const QPalette& palette) {
  return palette.color(QPalette::Base).lightness() < palette.color(QPalette::Text).lightness();
}

PlotTheme plotTheme(const QPalette& palette) {
  PlotTheme theme;
  theme.background = palette.color(QPalette::Base);
  theme.text = palette.color(QPalette::Text);
  theme.grid = theme.text;
  theme.grid.setAlpha(60);
  const bool dark = isDark(palette);
  theme.first = dark ? QColor(0x56, 0xB4, 0xE9) : QColor(0x00, 0x72, 0xB2);
  theme.second = dark ? QColor(0xE6, 0x9F, 0x00) : QColor(0xC2, 0x5E, 0x00);
  theme.limit = dark ? QColor(0xFF, 0x6B, 0x5E) : QColor(0xC6, 0x28, 0x1E);
  return theme;
}

void applyTheme(QCustomPlot& plot, const PlotTheme& theme) {
  plot.setBackground(theme.background);
  for (QCPAxisRect* rect : plot.axisRects()) {
    for (QCPAxis* axis : rect->axes()) themeAxis(*axis, theme);
  }
  for (int i = 0; i < plot.plotLayout()->elementCount(); ++i) {
    if (auto* legend = qobject_cast<QCPLegend*>(plot.plotLayout()->elementAt(i))) {
      themeLegend(*legend, theme);
    }
    auto* rect = qobject_cast<QCPAxisRect*>(plot.plotLayout()->elementAt(i));
    if (rect == nullptr) continue;
    for (QCPLayoutElement* element : rect->insetLayout()->elements(false)) {
      if (auto* legend = qobject_cast<QCPLegend*>(element)) themeLegend(*legend, theme);
    }
  }
}

}  // namespace a2q::views
