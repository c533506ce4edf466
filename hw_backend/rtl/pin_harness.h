// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hw_backend/rtl/block_rtl.h"

namespace a2q {

/// A design behind four pins, so that one with any number of ports can be placed on a device: its
/// inputs come from a shift register, its outputs go into one that loads them all at once. Every
/// path into and out of the design begins or ends at a register, as between neighbours of a
/// dataflow design. The design must not be named "harness".
[[nodiscard]] RtlFiles behindPins(RtlFiles design);

}  // namespace a2q
