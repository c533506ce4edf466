// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/estimate_report.h"
#include "hw_backend/estimate/synthesis_table.h"

namespace a2q::cli {

/// Estimate and synthesis side by side, layer by layer; all of the synthesis is known.
[[nodiscard]] std::string synthesisText(const EstimateReport& report,
                                        const DesignSynthesis& synthesis);
[[nodiscard]] nlohmann::ordered_json synthesisJson(const EstimateReport& report,
                                                   const DesignSynthesis& synthesis);

}  // namespace a2q::cli
