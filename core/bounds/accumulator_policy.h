// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "core/bounds/certificate.h"

namespace a2q {

/// How the widths of a network's accumulators are chosen; the four policies that the papers compare
/// in hardware.
enum class AccumulatorPolicy {
  kFixed32,    ///< 32 bits everywhere: overflows where the exact range needs more
  kDataType,   ///< the data-type bound of K, M and N: never overflows
  kMinimised,  ///< the exact range of the trained weights: never overflows, one bit less does
  kTarget,     ///< the P that was trained for (A2Q, A2Q+; given to QAT): overflows where the
               ///< exact range needs more. A layer without a target is not judged
};

inline constexpr std::array kAccumulatorPolicies = {
    AccumulatorPolicy::kFixed32, AccumulatorPolicy::kDataType, AccumulatorPolicy::kMinimised,
    AccumulatorPolicy::kTarget};

/// "fixed32", "datatype", "minimised", "a2q".
[[nodiscard]] std::string_view policyName(AccumulatorPolicy policy);

/// One sentence without a full stop: how the policy chooses P and whether it can overflow.
[[nodiscard]] std::string_view policyText(AccumulatorPolicy policy);

/// The width of a layer whose channels share one; none: the policy names none.
[[nodiscard]] std::optional<BitWidth> accumulatorUnder(AccumulatorPolicy policy,
                                                       const LayerBound& layer);

/// The width of one channel with a width of its own.
[[nodiscard]] std::optional<BitWidth> accumulatorUnder(AccumulatorPolicy policy,
                                                       const LayerBound& layer,
                                                       const ChannelBound& channel);

/// A channel that some input drives out of its accumulator.
struct OverflowingChannel {
  std::size_t layer = 0;                  ///< position in Certificate::layers
  std::size_t channel = 0;                ///< position in LayerBound::channels
  BitWidth accumulator;                   ///< too narrow
  BitWidth smallest;                      ///< the least P that is safe
  WitnessSide side = WitnessSide::kHigh;  ///< the end that leaves it, the farther one if both do
  Int128 excess = 0;                      ///< hi − (2^(P−1) − 1) or −2^(P−1) − lo, > 0
};

/// What a policy means for a network.
struct PolicyVerdict {
  AccumulatorPolicy policy = AccumulatorPolicy::kTarget;
  std::int64_t channels = 0;  ///< that the policy names a width for
  /// Σ P over these channels, with one width per layer.
  Int128 accumulator_bits = 0;
  /// The worst first: by missing bits, then by excess.
  std::vector<OverflowingChannel> overflowing;
  /// No input can overflow; none when the policy judges no channel: nothing is not safe.
  [[nodiscard]] std::optional<bool> safe() const {
    return channels == 0 ? std::nullopt : std::optional(overflowing.empty());
  }
};

/// The verdict of a policy, with integers only.
[[nodiscard]] PolicyVerdict judge(const Certificate& certificate, AccumulatorPolicy policy);

}  // namespace a2q
