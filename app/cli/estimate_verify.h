// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "app/cli/arguments.h"
#include "app/cli/estimate_report.h"

namespace a2q::cli {

/// Synthesises every block of a plan on its own, with weights made up within P, shows the progress,
/// and stops at the first signal. None: it was stopped. Errors: those of calibrate().
[[nodiscard]] Result<std::optional<DesignSynthesis>> synthesisOf(const DesignPlan& plan);

/// Estimate and synthesis side by side, layer by layer.
[[nodiscard]] std::string synthesisText(const DesignPlan& plan, const DesignSynthesis& synthesis);
[[nodiscard]] nlohmann::ordered_json synthesisJson(const DesignPlan& plan,
                                                   const DesignSynthesis& synthesis);

}  // namespace a2q::cli
