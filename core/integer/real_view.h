// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/integer/channel_function.h"

namespace a2q {

/// What the integers of a node stand for while a network is lowered: one function for all channels,
/// or one for each. No function descends.
struct RealView {
  std::size_t node = 0;  ///< position in IntegerNetwork::nodes
  std::vector<ChannelFunction> functions;
  /// The layer whose quantizer has been applied ahead of its place.
  std::optional<std::size_t> quantized_for = {};

  [[nodiscard]] const ChannelFunction& function(std::int64_t channel) const {
    return functions.size() == 1 ? functions.front() : functions[static_cast<std::size_t>(channel)];
  }
  /// The scale, where the integers are codes: a multiple of one scale in every channel.
  [[nodiscard]] std::optional<double> codeScale() const {
    const bool codes = functions.size() == 1 && functions.front().steps.empty();
    return codes ? std::optional(functions.front().scale) : std::nullopt;
  }
};

/// One function for each channel.
[[nodiscard]] std::vector<ChannelFunction> perChannel(const std::vector<ChannelFunction>& functions,
                                                      std::int64_t channels);

/// The functions of a flattened plane: those of a channel for each of its `plane` values.
[[nodiscard]] std::vector<ChannelFunction> repeatedPerValue(
    const std::vector<ChannelFunction>& functions, std::int64_t plane);

}  // namespace a2q
