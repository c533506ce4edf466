// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "core/training/run_record.h"

namespace a2q {

enum class Overwrite { kRefuse, kAllow };

/// Creates the folder of a run before it starts, so that a wrong place is known at once. A folder
/// that already holds something is refused, or its result files are replaced later.
[[nodiscard]] Status prepareResultFolder(const std::filesystem::path& folder, Overwrite overwrite);

/// Writes spec.toml (everything needed to repeat the run), metrics.csv and metrics.json (a row an
/// epoch), steps.csv (a row a step), certificate.json (every layer and channel) and
/// weights.safetensors (parameters, and the integer weights as "<layer>.q").
[[nodiscard]] Status writeResultFolder(const std::filesystem::path& folder,
                                       const RunRecord& record);

}  // namespace a2q
