// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "hw_backend/design/block.h"
#include "hw_backend/device/device.h"

namespace a2q {

/// A path between two registers of a block, as what decides its delay.
struct LogicPath {
  std::string_view name;  ///< "products and their sum", "accumulator", "thresholds", ...
  double levels = 0;      ///< look-up tables one behind the other
  double carries = 0;     ///< bits of the carry chains on the way
  double memories = 0;    ///< 1: it begins at a block memory
  double fan = 0;         ///< log2 of what its first signal drives, where that is much
};

/// base + level·levels + carry·carries + memory·memories + fan·fan, in nanoseconds.
[[nodiscard]] double delayOf(const LogicPath& path, const DelayFigures& figures);

/// The paths of a block that can be its longest:
/// - of a dot product SIMD·min(W, A) rows of partial products through adders of three to two, one
///   level each, and a last carry chain; block memories on top of each other add multiplexers;
/// - the accumulator, P carries; parallel thresholds, P carries and B levels; a search;
/// - constants in look-up tables: what their address has beyond a table's inputs, in multiplexers;
/// - the handshake, which stops every register, and the addresses of a sliding window.
[[nodiscard]] std::vector<LogicPath> logicPaths(const Block& block, const Family& family);

/// The longest of them.
[[nodiscard]] LogicPath slowestPath(const Block& block, const Family& family,
                                    const DelayFigures& figures);

}  // namespace a2q
