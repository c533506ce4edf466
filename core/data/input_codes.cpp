// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/input_codes.h"

#include <algorithm>
#include <cmath>

namespace a2q {

InputCodes::InputCodes(const InputLayer& layer) : zero_(static_cast<std::uint8_t>(layer.offset)) {
  for (std::size_t value = 0; value < table_.size(); ++value) {
    const double steps = static_cast<double>(static_cast<std::int64_t>(value) - layer.offset) /
                         static_cast<double>(layer.step);
    const auto code = std::clamp(static_cast<std::int64_t>(std::floor(steps + 0.5)),
                                 layer.format.minimum(), layer.format.maximum());
    table_[value] = static_cast<std::int32_t>(code);
  }
}

void InputCodes::encode(std::span<const std::uint8_t> values, std::int32_t* out) const {
  for (const std::uint8_t value : values) *out++ = table_[value];
}

}  // namespace a2q
