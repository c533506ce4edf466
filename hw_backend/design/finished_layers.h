// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "hw_backend/design/design_network.h"

namespace a2q {

/// The layers of a whole network as hardware takes them: thresholds are part of the dot products
/// that only they read, and the host gives its codes in any beats that the first layer can take.
[[nodiscard]] std::vector<DesignLayer> finishedLayers(std::vector<DesignLayer> layers);

}  // namespace a2q
