// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace a2q::views {

/// An edge in the lanes: it leaves one box, runs along `lane` through the ranks between, and enters
/// the other.
struct LaneEdge {
  std::size_t from = 0;
  std::size_t to = 0;
  int lane = 0;
};

/// Rank and lane of every box, and the lane of every edge: a lane holds one thing at a rank.
struct Lanes {
  std::vector<int> ranks;
  std::vector<int> lanes;
  std::vector<LaneEdge> edges;
  int lane_count = 1;
};

/// Places boxes given the boxes that feed each (all before it). Ranks are the longest ways from the
/// start. The longest chain takes lane 0, then every branch, the shortest first, the lowest lane
/// that is free along its whole way.
[[nodiscard]] Lanes assignLanes(const std::vector<std::vector<std::size_t>>& inputs);

}  // namespace a2q::views
