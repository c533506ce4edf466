// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hw_backend/design/design_network.h"
#include "hw_backend/rtl/block_rtl.h"
#include "hw_backend/rtl/stream_order.h"

namespace a2q {

/// Weights and thresholds of the unit of a layer, in the order in which its inputs come and its
/// channels leave it; empty where the layer has neither. `network` is what the layer's design was
/// made of, `orders` what streamOrders() gives for it.
[[nodiscard]] BlockConstants layerConstants(const DesignLayer& layer, const IntegerNetwork& network,
                                            const std::vector<StreamOrder>& orders);

}  // namespace a2q
