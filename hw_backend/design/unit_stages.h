// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "hw_backend/design/stage_chain.h"

namespace a2q {

/// Appends what computes a layer (but the source) from its streams, with the window in front of it;
/// returns what that gives. In a steady chain, `taken` becomes per stream when its pixels are
/// taken.
[[nodiscard]] DesignStream appendUnit(StageChain& chain, const DesignLayer& layer,
                                      const LayerFolding& folding,
                                      const std::vector<DesignStream>& streams,
                                      std::vector<PixelTimes>& taken);

}  // namespace a2q
