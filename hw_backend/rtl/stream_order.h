// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/integer/integer_network.h"

namespace a2q {

/// Where the values of a stream stand in a tensor [C, H, W]: entry i is the place of the i-th one.
using StreamOrder = std::vector<std::int64_t>;

/// Pixel by pixel, channel-fastest: [h][w][c].
[[nodiscard]] StreamOrder pixelOrder(const Shape& shape);

/// The order in which a design's stream brings the values of each node. It is that of pixels; after
/// Flatten, which moves nothing in hardware, that of the pixels before it, until a dot product over
/// all channels.
[[nodiscard]] std::vector<StreamOrder> streamOrders(const IntegerNetwork& network);

/// The same for the channels alone: which channel the i-th value of a pixel is.
[[nodiscard]] StreamOrder channelOrder(const Shape& shape, const StreamOrder& order);

}  // namespace a2q
