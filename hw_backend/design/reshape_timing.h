// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hw_backend/design/block.h"
#include "hw_backend/design/stream_timing.h"

namespace a2q {

/// When a block that moves values takes the pixels that come and gives those that go.
struct ReshapeTiming {
  PixelTimes taken;
  PixelStream given;
};

/// A row is given the first time as it comes, then from what is kept; the next one is taken when
/// that is done.
[[nodiscard]] ReshapeTiming throughBlock(const PixelStream& input, const UpsampleBlock& block);

/// Rows are given once the one that came is whole; one more can come meanwhile.
[[nodiscard]] ReshapeTiming throughBlock(const PixelStream& input, const PixelShuffleBlock& block);

/// A pixel of the left stream, then one of the right.
struct JoinTiming {
  PixelTimes left;
  PixelTimes right;
  PixelStream given;
};
[[nodiscard]] JoinTiming throughConcat(const PixelStream& left, const PixelStream& right);

}  // namespace a2q
