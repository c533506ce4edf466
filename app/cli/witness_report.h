// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "core/integer/witness_answer.h"

namespace a2q::cli {

/// A witness and where its inputs come from.
struct WitnessReport {
  WitnessAnswer answer;
  Extent kernel;
  std::int64_t first_input = 0;  ///< input channel of the first weight (grouped convolutions)
};

/// Rows in the middle of a long dot product are left out.
[[nodiscard]] std::string witnessText(const WitnessReport& report);

/// Complete.
[[nodiscard]] nlohmann::ordered_json witnessJson(const WitnessReport& report);

}  // namespace a2q::cli
