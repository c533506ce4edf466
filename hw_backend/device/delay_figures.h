// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace a2q {

/// What the parts of a path between two registers take on a device, in nanoseconds, wires included.
struct DelayFigures {
  double base = 0;    ///< out of the first register and into the last
  double level = 0;   ///< a look-up table and the wire to it
  double carry = 0;   ///< a bit of a carry chain
  double memory = 0;  ///< what a block memory takes longer than a register
  double fan = 0;     ///< each doubling of what one signal drives
  /// How much less or more than that sum paths took: factors, low ≤ 1 ≤ high.
  double low = 1;
  double high = 1;
  bool operator==(const DelayFigures&) const = default;
};

}  // namespace a2q
