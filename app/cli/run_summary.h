// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/network/quant_spec.h"
#include "core/project/project_file.h"

namespace a2q::cli {

/// What a list of runs says of one.
struct RunSummary {
  std::size_t number = 0;  ///< from 1
  const ProjectRun* run = nullptr;
  std::string state;               ///< "interrupted" for one that nobody trains any more
  std::optional<QuantSpec> quant;  ///< none when its specification is of another version
  std::optional<double> score;     ///< the best
  std::optional<double> margin;    ///< worst margin in bits, after the last epoch
  std::optional<double> sparsity;
};

/// Of every run of a project, which must outlive them. A run that is said to train while nobody
/// holds the project was interrupted.
[[nodiscard]] std::vector<RunSummary> summariesOf(const ProjectFile& file);

[[nodiscard]] nlohmann::ordered_json summaryJson(const RunSummary& summary);

/// "yes", "no", or "–" before there is a verdict.
[[nodiscard]] std::string safeText(const std::optional<bool>& safe);

}  // namespace a2q::cli
