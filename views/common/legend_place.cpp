// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/legend_place.h"

#include <array>

#include "views/common/qcustomplot.h"

namespace a2q::views {
namespace {

QRect legendAt(Qt::Alignment place, const QRect& rect, QSize size) {
  QRect out(QPoint(), size);
  out.moveCenter(rect.center());
  if (place & Qt::AlignLeft) out.moveLeft(rect.left());
  if (place & Qt::AlignRight) out.moveRight(rect.right());
  if (place & Qt::AlignTop) out.moveTop(rect.top());
  if (place & Qt::AlignBottom) out.moveBottom(rect.bottom());
  return out;
}

int hiddenBy(const QRect& legend, const QCustomPlot& plot) {
  constexpr int kRoom = 4;  // the dots are not points
  const QRect near = legend.adjusted(-kRoom, -kRoom, kRoom, kRoom);
  int hidden = 0;
  for (int i = 0; i < plot.graphCount(); ++i) {
    const QCPGraph& graph = *plot.graph(i);
    if (!graph.visible()) continue;
    for (const QCPGraphData& point : *graph.data()) {
      hidden += near.contains(graph.coordsToPixels(point.key, point.value).toPoint()) ? 1 : 0;
    }
  }
  return hidden;
}

}  // namespace

void placeLegend(QCustomPlot& plot) {
  constexpr std::array<Qt::Alignment, 6> kPlaces{
      Qt::AlignLeft | Qt::AlignTop,     Qt::AlignRight | Qt::AlignTop,
      Qt::AlignLeft | Qt::AlignVCenter, Qt::AlignRight | Qt::AlignVCenter,
      Qt::AlignLeft | Qt::AlignBottom,  Qt::AlignRight | Qt::AlignBottom};
  if (plot.legend == nullptr || !plot.legend->visible()) return;
  QCPLayoutInset& inset = *plot.axisRect()->insetLayout();
  const QRect rect = inset.rect();
  const QSize size = plot.legend->minimumOuterSizeHint();
  Qt::Alignment best = inset.insetAlignment(0);
  int least = hiddenBy(legendAt(best, rect, size), plot);
  for (const Qt::Alignment place : kPlaces) {
    if (least == 0) break;
    const int hidden = hiddenBy(legendAt(place, rect, size), plot);
    if (hidden >= least) continue;
    least = hidden;
    best = place;
  }
  inset.setInsetAlignment(0, best);
}

}  // namespace a2q::views
