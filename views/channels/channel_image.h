// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>

#include "views/channels/channel_map.h"

namespace a2q::views {

/// The part of a grid that is looked at; cell c covers [c − ½, c + ½], row r [r + ½, r + 3/2].
struct GridWindow {
  QCPRange cells;
  QCPRange rows;
  bool operator==(const GridWindow& other) const {
    return cells == other.cells && rows == other.rows;
  }
};

struct ImageInk {
  QRgb nothing = 0;  ///< where a layer has no channel
  QRgb gap = 0;      ///< between rows and cells
  /// Outline and stripes of cells that are over, on bright and on dark colours.
  QRgb hatch_on_bright = 0xFF5A0010;
  QRgb hatch_on_dark = 0xFFFFFFFF;
};

/// The heat map in pixels. Where several cells share a pixel the worst one is seen, and a pixel
/// that holds one that is over is hatched.
[[nodiscard]] QImage channelImage(const ChannelGrid& grid, const GridWindow& window,
                                  const ChannelColors& colors, const ImageInk& ink, QSize size);

}  // namespace a2q::views
