// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

#include "views/resources/resource_rows.h"

namespace a2q::views {

/// (estimate − synthesis) / synthesis; none where one of them says nothing.
[[nodiscard]] std::optional<double> differenceOf(const HardwareStory& story, const ResourceRow& row,
                                                 ResourceKind kind);

/// "synthesis 870 (−2.0 %)"; empty where the row has no synthesis.
[[nodiscard]] QString synthesisText(const HardwareStory& story, const ResourceRow& row,
                                    ResourceKind kind);
/// "LUT6 853 estimate, 870 synthesis (−2.0 %) · FF …", of what is not 0; the row has a synthesis.
[[nodiscard]] QString comparisonText(const HardwareStory& story, const ResourceRow& row);
/// What synthesis says of the whole design, or of how many layers it is known; empty without any.
[[nodiscard]] QString synthesisVerdict(const HardwareStory& story,
                                       const std::vector<ResourceRow>& rows);
/// "measured, Yosys 0.23 (git sha1 …), before placement, example weights"; the story has a
/// synthesis.
[[nodiscard]] QString synthesisSource(const HardwareStory& story);

}  // namespace a2q::views
