// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "hw_backend/rtl/block_rtl.h"

namespace a2q {

/// Whether hardware can be made of a block: divisors divide, sizes and widths are within what the
/// modules do. Errors: kSpecValue.
[[nodiscard]] Status checkBlock(const Block& block);

/// Whether constants have the size of a (sound) block, fit their widths, and thresholds ascend.
/// Errors: kSpecValue.
[[nodiscard]] Status checkConstants(const Block& block, const BlockConstants& constants);

/// Whether no input of the block's format overflows an accumulator. Errors: kOverflowPossible,
/// which names the channel.
[[nodiscard]] Status checkOverflow(const Block& block, const BlockConstants& constants);

}  // namespace a2q
