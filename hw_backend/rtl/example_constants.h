// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "hw_backend/rtl/block_rtl.h"

namespace a2q {

/// Constants of a sound block for synthesis and simulation, a pure function of block and seed.
/// Weights are uniform and narrow (±(2^(M−1) − 1)) as far as P allows: no channel's exact range
/// leaves P bits, and where P cuts into a channel, it is filled up until no weight's magnitude can
/// grow by one. Thresholds ascend within the range that the channel can reach.
[[nodiscard]] BlockConstants exampleConstants(const Block& block, std::uint64_t seed);

}  // namespace a2q
