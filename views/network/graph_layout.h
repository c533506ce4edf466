// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainterPath>
#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <vector>

namespace a2q::views {

enum class FlowDirection { kDown, kRight };

/// A box to place: its size and the boxes that feed it, all of them before it.
struct LayoutBox {
  QSizeF size;
  std::vector<std::size_t> inputs;
};

/// A connection as it is drawn: from the side of a box where data leaves to the opposite side of
/// the other.
struct LayoutEdge {
  std::size_t from = 0;
  std::size_t to = 0;
  QPainterPath path;
};

/// Where everything is. The longest chain of boxes runs straight along the flow; every branch has a
/// lane beside it, the shorter ones nearer, so that no box overlaps another and no edge crosses a
/// box.
struct GraphLayout {
  std::vector<QRectF> boxes;
  std::vector<int> ranks;  ///< steps along the flow
  std::vector<int> lanes;  ///< 0: the main chain
  std::vector<LayoutEdge> edges;
};

[[nodiscard]] GraphLayout layOut(const std::vector<LayoutBox>& boxes, FlowDirection direction);

}  // namespace a2q::views
