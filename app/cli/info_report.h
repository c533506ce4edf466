// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "core/base/result.h"
#include "core/network/experiment.h"
#include "core/training/checkpoint.h"

namespace a2q::cli {

/// A table of the network's layers (shape, parameters, K, M, N, P, budget, data-type bound) and how
/// it is trained. Errors: those of planQuantization().
[[nodiscard]] Result<std::string> experimentText(const Experiment& experiment);
[[nodiscard]] Result<nlohmann::ordered_json> experimentJson(const Experiment& experiment);

/// Where a training stands: position, last and best epoch, time.
[[nodiscard]] std::string progressText(const Checkpoint& checkpoint);
[[nodiscard]] nlohmann::ordered_json progressJson(const Checkpoint& checkpoint);

}  // namespace a2q::cli
