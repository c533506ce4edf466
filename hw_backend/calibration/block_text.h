// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "hw_backend/design/block.h"

namespace a2q {

/// A block as one line of words, for tables: "mvau mw=64 mh=32 pe=4 simd=4 w=4 a=u4 p=16 m=logic
/// t=u2:parallel". Formats are u or s with their bits.
[[nodiscard]] std::string blockText(const Block& block);

/// Read back. Errors: kFileFormat, which quotes the text.
[[nodiscard]] Result<Block> blockFromText(std::string_view text);

}  // namespace a2q
