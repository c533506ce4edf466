// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/project/project_file.h"

namespace a2q::cli {

/// What is told of each run.
enum class HistorySeries { kSummary, kEpochs, kSteps };

/// The history of a project as a file.
struct HistoryRequest {
  HistorySeries series = HistorySeries::kEpochs;
  std::optional<std::string> run;  ///< none: all of them
};

/// A table with a row a run, an epoch or a step, the run's name first (RFC 4180; numbers with a
/// point, in the digits that give them back; empty for what is absent). Errors: kUsage for a run
/// that is not there, and those of ProjectFile::object().
[[nodiscard]] Result<std::string> historyCsv(const ProjectFile& file,
                                             const HistoryRequest& request);

/// The same as one document, schema a2q-history-1; each run with its specification and, unless the
/// summary alone is wanted, its epochs.
[[nodiscard]] Result<std::string> historyJson(const ProjectFile& file,
                                              const HistoryRequest& request);

}  // namespace a2q::cli
