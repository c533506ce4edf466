// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/integer/fast/dot_plan.h"

namespace a2q {

/// Neighbouring results of which only the largest is kept: a maximum pool without overlap, which
/// thresholds let through because they ascend. {1, 1}: none.
struct FusedWindow {
  Extent size{1, 1};
  [[nodiscard]] std::int64_t count() const { return size.height * size.width; }
};

/// A dot product on planes of a certain size and rows of so many lanes: where everything lies.
/// Planes are seen with their padding around them.
struct DotGeometry {
  std::int64_t lanes = 16;
  Shape input;   ///< without padding
  Shape padded;  ///< with
  Shape output;  ///< after the window
  FusedWindow window;
  /// Of each result, the windows one after the other: its first input, in positions of a plane.
  std::vector<std::int64_t> positions;
  /// kDense: of each group, kernel position and quad of channels, in bytes of quads.
  std::vector<std::int64_t> quad_offsets;
  std::int64_t quads_of_group = 0;
  /// Other kernels: of each group and weight of a channel, in rows.
  std::vector<std::int64_t> tap_rows;
  /// kByteSums: of each channel's entries, in bytes; a channel's start in `entry_first`.
  std::vector<std::int64_t> entry_offsets;
  std::vector<std::size_t> entry_first;
};

[[nodiscard]] DotGeometry dotGeometry(const DotPlan& plan, const Shape& input,
                                      const FusedWindow& window, std::int64_t lanes);

}  // namespace a2q
