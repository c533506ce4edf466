// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "hw_backend/device/resource_vector.h"

namespace a2q {

/// What a block or a design takes, between which values it was ever seen, and where that is from.
struct ResourceEstimate {
  ResourceVector value;
  std::optional<ResourceVector> low;  ///< none: no error is known for that family
  std::optional<ResourceVector> high;
  std::size_t larger = 0;  ///< blocks that are larger than any of their kind that was measured
  std::string_view source;
};

}  // namespace a2q
