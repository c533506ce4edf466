// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCustomPlot;

namespace a2q::views {

/// Moves the legend to the edge of the axis rectangle where it hides the fewest points of the
/// graphs; it stays where it is while it hides none there.
void placeLegend(QCustomPlot& plot);

}  // namespace a2q::views
