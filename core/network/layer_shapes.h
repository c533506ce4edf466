// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "core/base/result.h"
#include "core/network/network_spec.h"

namespace a2q {

/// The output shape of one layer from the shapes of its inputs (as many as its kind takes);
/// checks every number of the layer on the way.
[[nodiscard]] Result<Shape> outputShape(const LayerSpec& layer, std::span<const Shape> inputs);

}  // namespace a2q
