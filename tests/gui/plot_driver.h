// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QToolButton>
#include <memory>
#include <utility>

#include "views/common/plot_tools.h"
#include "views/common/qcustomplot.h"
#include "views/common/run_story.h"

namespace a2q::plots {

[[nodiscard]] inline views::StoryPointer share(views::RunStory story) {
  return std::make_shared<const views::RunStory>(std::move(story));
}

[[nodiscard]] QCustomPlot& plotOf(const QWidget& pane);
[[nodiscard]] QToolButton& toolOf(const QWidget& pane, views::PlotTool tool);

/// Shows a pane and waits for it.
void open(QWidget& pane, QSize size = {900, 600});

/// Mouse events as a person causes them, in pixels of the plot.
void drag(QCustomPlot& plot, QPoint from, QPoint to, Qt::KeyboardModifiers modifiers);
void moveMouse(QCustomPlot& plot, QPoint place);
void wheel(QCustomPlot& plot, QPoint place, int delta);

[[nodiscard]] QStringList linesOf(const QString& csv);

/// The first series of that name; null: none.
[[nodiscard]] QCPAbstractPlottable* seriesNamed(QCustomPlot& plot, const QString& name);

/// The legend of the topmost plot.
[[nodiscard]] QCPLegend& legendOf(const QCustomPlot& plot);

}  // namespace a2q::plots
