// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QCustomPlot;
class QCPItemText;

namespace a2q::views {

/// A hidden text in the middle of a plot, for what an empty pane has to say; the plot owns it.
[[nodiscard]] QCPItemText* addPlotNote(QCustomPlot& plot);

/// Shows the text, broken into lines that the plot has room for; an empty one hides it.
void showPlotNote(QCPItemText& note, const QString& text);

}  // namespace a2q::views
