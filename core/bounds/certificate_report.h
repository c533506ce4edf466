// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/bounds/accumulator_policy.h"

namespace a2q {

enum class ChannelRows { kHidden, kShown };

/// What a report is about.
struct ReportRequest {
  std::string title;
  std::vector<AccumulatorPolicy> policies;  ///< judged, at least one
  ChannelRows channels = ChannelRows::kHidden;
  std::size_t most_named = 10;  ///< overflowing channels named for each policy
};

/// The certificate for people: Markdown whose tables also read well as plain text. The verdict of
/// each policy, its overflowing channels with the worst first, the layers, and for the tightest
/// channel every formula with its numbers; each number carries [exact] or [bound].
[[nodiscard]] std::string certificateReport(const Certificate& certificate,
                                            const ReportRequest& request);

/// "conv2, channel 3: hi = 31245 is above 2^(12-1) - 1 = 2047 by 29198; smallest safe P = 16".
[[nodiscard]] std::string overflowText(const Certificate& certificate,
                                       const OverflowingChannel& found);

}  // namespace a2q
