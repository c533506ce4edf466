// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "views/resources/resource_rows.h"

namespace a2q::views {

/// "1 234 LUT6 (2.3 %)", which does not break; a dash where the model says nothing.
[[nodiscard]] QString amountText(const HardwareStory& story, const ResourceEstimate& use,
                                 ResourceKind kind);

/// "estimate, calibrated: fitted to 1 234 blocks, Yosys 0.23", "estimate, finn: …".
[[nodiscard]] QString sourceText(const HardwareStory& story);

/// Whether the design fits, by how much, and how much of each resource it takes (rich text).
[[nodiscard]] QString verdictText(const HardwareStory& story);
/// "3 120 LC where 896 of 1 280 may be used, 2 224 too many", for each resource that does not
/// suffice.
[[nodiscard]] QString overuseText(const HardwareStory& story);
/// "1 234 samples/s, latency 0.81 ms, …": how fast it is and what bounds it (rich text).
[[nodiscard]] QString speedText(const HardwareStory& story);
[[nodiscard]] QString speedTip(const HardwareStory& story);

/// "12 345 samples/s".
[[nodiscard]] QString rateText(double rate);
/// "12", or "9–16" where layers differ: P of the layers with weights.
[[nodiscard]] QString widthsText(const DesignPlan& plan);

/// All numbers of a row with their formulas (rich text).
[[nodiscard]] QString resourceTip(const HardwareStory& story, const ResourceRow& row);

/// The rows as they are shown, a line each, with a heading line.
[[nodiscard]] QString resourceCsv(const HardwareStory& story, const std::vector<ResourceRow>& rows);

}  // namespace a2q::views
