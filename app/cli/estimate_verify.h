// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <stop_token>

#include "app/cli/arguments.h"
#include "app/cli/estimate_report.h"

namespace a2q::cli {

/// Synthesises every block of a plan on its own, with weights made up within P, and shows
/// the progress. None: it was stopped. Errors: those of calibrate().
[[nodiscard]] Result<std::optional<DesignSynthesis>> synthesisOf(const DesignPlan& plan,
                                                                 const std::stop_token& stop);

/// Estimate and synthesis side by side, layer by layer.
[[nodiscard]] std::string synthesisText(const DesignPlan& plan, const DesignSynthesis& synthesis);
[[nodiscard]] nlohmann::ordered_json synthesisJson(const DesignPlan& plan,
                                                   const DesignSynthesis& synthesis);

}  // namespace a2q::cli
