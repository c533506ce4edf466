// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/integer/integer_network.h"

namespace a2q {

/// The integers of one sample at one node: [C, H, W], row-major.
struct PlaneView {
  Shape shape;
  const std::int64_t* values = nullptr;
};

/// What an operation other than CodeInput and DotProduct gives for one sample, written to `out`
/// ([C, H, W] of `shape`, which outputShape() gave).
void runPlanes(const IntegerOperation& operation, std::span<const PlaneView> inputs,
               const Shape& shape, std::int64_t* out);

}  // namespace a2q
