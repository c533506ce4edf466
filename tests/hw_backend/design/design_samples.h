// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "hw_backend/design/design_network.h"

namespace a2q::testing {

/// The design of a specification: [[layer]] tables behind a head with A2Q, W4A4, P = 12, all layers
/// alike. Throws when there is none.
[[nodiscard]] DesignNetwork networkOf(const std::string& layers);

/// The specification itself, for errors.
[[nodiscard]] Result<DesignNetwork> tryNetworkOf(const std::string& layers);

/// 4 → 6 → 4 → 3, three linear layers with activations between.
[[nodiscard]] DesignNetwork smallChain();

/// A residual block of 3×3 convolutions over 4 channels of 8×8.
[[nodiscard]] DesignNetwork smallResidual();

/// Windows, branches, three streams added and three joined, a pixel shuffle, a pool and a resize.
[[nodiscard]] DesignNetwork everyOperation();

}  // namespace a2q::testing
