// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/legend_toggle.h"

#include <algorithm>

#include "views/common/qcustomplot.h"

namespace a2q::views {
namespace {

QList<QCPLegend*> legendsOf(const QCustomPlot& plot) {
  QList<QCPLegend*> legends;
  for (QCPAxisRect* rect : plot.axisRects()) {
    for (QCPLayoutElement* element : rect->insetLayout()->elements(false)) {
      auto* legend = qobject_cast<QCPLegend*>(element);
      if (legend != nullptr && legend->realVisibility()) legends << legend;
    }
  }
  return legends;
}

QList<QCPPlottableLegendItem*> entriesOf(const QCustomPlot& plot) {
  QList<QCPPlottableLegendItem*> entries;
  for (const QCPLegend* legend : legendsOf(plot)) {
    for (int i = 0; i < legend->itemCount(); ++i) {
      auto* entry = qobject_cast<QCPPlottableLegendItem*>(legend->item(i));
      if (entry != nullptr) entries << entry;
    }
  }
  return entries;
}

}  // namespace

void LegendToggle::toggle(const QString& name) {
  const bool show = hidden_.remove(name);
  if (!show) hidden_.insert(name);
  for (int i = 0; i < plot_.plottableCount(); ++i) {
    QCPAbstractPlottable* series = plot_.plottable(i);
    if (series->name() == name) series->setVisible(show);
  }
}

void LegendToggle::apply(const PlotTheme& theme) {
  constexpr int kFaded = 110;
  if (!hidden_.isEmpty()) {
    for (int i = 0; i < plot_.plottableCount(); ++i) {
      QCPAbstractPlottable* series = plot_.plottable(i);
      if (hidden(series->name())) series->setVisible(false);
    }
  }
  for (QCPPlottableLegendItem* entry : entriesOf(plot_)) {
    const bool faded = hidden(entry->plottable()->name());
    QColor color = theme.text;
    if (faded) color.setAlpha(kFaded);
    QFont font = entry->font();
    font.setStrikeOut(faded);
    entry->setFont(font);
    entry->setTextColor(color);
  }
}

bool LegendToggle::covers(const QPoint& place) const {
  const QList<QCPLegend*> legends = legendsOf(plot_);
  return std::any_of(legends.begin(), legends.end(),
                     [&](const QCPLegend* legend) { return legend->outerRect().contains(place); });
}

QStringList LegendToggle::names() const {
  QStringList names;
  for (QCPPlottableLegendItem* entry : entriesOf(plot_)) names << entry->plottable()->name();
  names.removeDuplicates();
  return names;
}

}  // namespace a2q::views
