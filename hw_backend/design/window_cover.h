// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "hw_backend/design/block.h"

namespace a2q {

/// The pixels that a window covers along one side of the image; it may begin before pixel 0.
struct Cover {
  std::int64_t first = 0;
  std::int64_t last = 0;     ///< in the image
  std::int64_t missing = 0;  ///< how many lie behind the image
};

/// Those of every window from top to bottom and from left to right.
[[nodiscard]] std::vector<Cover> coversDown(const SlidingWindowBlock& block);
[[nodiscard]] std::vector<Cover> coversAcross(const SlidingWindowBlock& block);

/// Per pixel of the image how many windows must have moved on before its place in the line buffer
/// is free, counted from the first one of the image before.
[[nodiscard]] std::vector<std::uint32_t> windowsBeforeRoom(const SlidingWindowBlock& block);

/// What the window in front of a new image costs beyond its beats: pixels that found no room before
/// the last window was done come a beat a cycle. None where padding or stride leave enough time.
[[nodiscard]] std::int64_t refillCycles(const SlidingWindowBlock& block);

}  // namespace a2q
