// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/block.h"

#include <array>

namespace a2q {

std::string_view blockName(const Block& block) {
  constexpr std::array<std::string_view, std::variant_size_v<Block>> kNames = {
      "MVAU", "depthwise unit", "thresholds", "SWU",           "pool",       "width converter",
      "FIFO", "adder",          "fork",       "concatenation", "upsampling", "pixel shuffle"};
  return kNames[block.index()];
}

}  // namespace a2q
