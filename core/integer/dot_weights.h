// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "core/integer/integer_network.h"

namespace a2q {

/// The exact range of the sums of a channel for codes of a range.
[[nodiscard]] IntegerRange channelRange(const IntegerWeights& weights, std::int64_t channel,
                                        IntegerRange codes);

/// The union over the channels, with zero; none when it needs more than 62 bits.
[[nodiscard]] std::optional<IntegerRange> rangeOf(const IntegerWeights& weights,
                                                  IntegerRange codes);

/// Negates the integers of the channels that are marked.
void negateChannels(IntegerWeights& weights, const std::vector<bool>& marked);

/// A depthwise layer of weights −1 (marked channels) and +1 behind a node; its name and inputs are
/// left to the caller.
[[nodiscard]] IntegerNode signChange(const IntegerNode& before, const std::vector<bool>& marked);

}  // namespace a2q
