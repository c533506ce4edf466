// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "core/training/run_record.h"

namespace a2q::cli {

/// The table per layer (method, K, M, N, P, largest ‖q‖₁ and its budget, margin, exact range,
/// smallest safe P, sparsity), the verdict, and where the numbers come from. A table wider than
/// `columns` is set as two.
[[nodiscard]] std::string runText(const RunRecord& record, const std::filesystem::path& folder,
                                  std::size_t columns);

/// The same as one document of schema "a2q-train-1".
[[nodiscard]] nlohmann::ordered_json runJson(const RunRecord& record,
                                             const std::filesystem::path& folder);

}  // namespace a2q::cli
