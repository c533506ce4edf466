// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/integer/fast/dot_geometry.h"
#include "core/integer/fast/lane_tensor.h"

namespace a2q {

/// Sixteen samples (those from lane `first` on) of a tensor of bytes as the dense kernels read
/// them: [group][quad of channels][height][width][16 samples][4 channels], with the padding around
/// each plane.
void packQuadPlanes(const LaneTensor& input, const DotPlan& plan, const DotGeometry& geometry,
                    std::int64_t first, std::uint8_t* out);

/// The bytes that packQuadPlanes() writes.
[[nodiscard]] std::int64_t quadPlanesSize(const DotPlan& plan, const DotGeometry& geometry);

/// A tensor of bytes with the padding around each plane: [C][height][width][lanes].
void padPlanes(const LaneTensor& input, const DotGeometry& geometry, std::uint8_t* out);

}  // namespace a2q
