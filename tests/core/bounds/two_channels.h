// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bounds/certificate.h"

namespace a2q::testing {

/// Two channels of three 4-bit weights on unsigned 2-bit inputs: ranges [−6, 9] and [−21, 0].
inline IntegerWeights twoChannels(std::optional<BitWidth> accumulator,
                                  std::optional<L1Rule> rule = {}) {
  const IntegerFormat inputs = {{2}, Signedness::kUnsigned};
  return {.layer = "conv",
          .channels = 2,
          .k = 3,
          .weight_bits = {4},
          .input_format = inputs,
          .input_range = rangeOf(inputs),
          .accumulator = accumulator,
          .rule = rule,
          .values = {3, -2, 0, -7, 0, 0}};
}

}  // namespace a2q::testing
