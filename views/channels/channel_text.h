// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "views/channels/channel_grid.h"

namespace a2q::views {

/// Every number of one channel with its formula, the numbers put in and their source (rich text).
[[nodiscard]] QString channelTip(const LayerSnapshot& layer, int channel);

/// One line of plain text: "conv2, channel 17: ‖q‖₁ 1 790 of 2 047 = 87.4 % …".
[[nodiscard]] QString channelSummary(const LayerSnapshot& layer, int channel);

/// A row a channel, of rows first..last and cells from..to as they stand.
[[nodiscard]] QString channelCsv(const ChannelGrid& grid, int first_row, int last_row,
                                 int first_cell, int last_cell);

}  // namespace a2q::views
