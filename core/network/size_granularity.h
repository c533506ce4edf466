// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/network/graph.h"

namespace a2q {

/// How far a network shrinks its input before it enlarges it: images of another size are padded to
/// a multiple of it.
[[nodiscard]] std::int64_t sizeGranularity(const NetworkGraph& graph);

/// How much a size lacks to the next multiple.
[[nodiscard]] constexpr std::int64_t missingToMultiple(std::int64_t size, std::int64_t multiple) {
  return (multiple - size % multiple) % multiple;
}

}  // namespace a2q
