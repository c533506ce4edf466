// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/size_granularity.h"

#include <numeric>

namespace a2q {

std::int64_t sizeGranularity(const NetworkGraph& graph) {
  const std::int64_t height = graph.nodes.front().output.height;
  std::int64_t granularity = 1;
  for (const GraphNode& node : graph.nodes) {
    if (node.output.height < height && height % node.output.height == 0) {
      granularity = std::lcm(granularity, height / node.output.height);
    }
  }
  return granularity;
}

}  // namespace a2q
