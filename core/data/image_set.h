// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/network/shape.h"

namespace a2q {

/// Images with labels: count × channels × height × width unsigned 8-bit values, row-major, and a
/// class below `classes` for each.
struct ImageSet {
  Shape shape;
  std::int64_t classes = 0;
  std::vector<std::uint8_t> pixels;
  std::vector<std::uint8_t> labels;

  [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(labels.size()); }
  [[nodiscard]] std::span<const std::uint8_t> image(std::int64_t index) const {
    const auto size = static_cast<std::size_t>(shape.size());
    return std::span(pixels).subspan(static_cast<std::size_t>(index) * size, size);
  }
};

}  // namespace a2q
