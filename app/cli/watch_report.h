// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/run_summary.h"
#include "core/project/live/live_run.h"

namespace a2q::cli {

/// Where a run stands that is being trained; what has not happened yet is absent.
struct LiveState {
  std::optional<StepReport> step;
  std::optional<EpochRecord> epoch;
  std::vector<LiveLayer> layers;

  void take(const LiveNews& news);
};

/// Who trains, step, last epoch, and a table of the layers with largest ‖q‖₁ and budget.
[[nodiscard]] std::string liveText(const std::filesystem::path& project, const LiveRunReader& run,
                                   const LiveState& state);
/// The same as one document of schema "a2q-watch-1".
[[nodiscard]] nlohmann::ordered_json liveJson(const std::filesystem::path& project,
                                              const LiveRunReader& run, const LiveState& state);

/// The layers as an event of a2q-events-1: of each its budget and ‖q‖₁ by channel.
[[nodiscard]] nlohmann::ordered_json layersEvent(const std::vector<LiveLayer>& layers);

/// How a run that was watched ended.
[[nodiscard]] std::string endText(const std::filesystem::path& project, const RunSummary& summary);
[[nodiscard]] nlohmann::ordered_json endEvent(const RunSummary& summary);

}  // namespace a2q::cli
