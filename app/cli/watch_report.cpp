// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/watch_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/cli/event_json.h"
#include "app/cli/live_line.h"
#include "core/base/text_table.h"
#include "core/bounds/json_number.h"
#include "core/project/project_file.h"

namespace a2q::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

/// Wide enough for all that a step tells.
constexpr int kAllColumns = 1000;

std::int64_t largest(const LiveLayer& layer) {
  const auto found = std::ranges::max_element(layer.l1);
  return found == layer.l1.end() ? 0 : *found;
}

std::string layersText(const std::vector<LiveLayer>& layers) {
  TextRows rows{{"layer", "channels", "max ‖q‖₁", "budget", "used"}};
  rows.reserve(layers.size() + 1);
  for (const LiveLayer& layer : layers) {
    const std::int64_t l1 = largest(layer);
    rows.push_back({layer.layer, fmt::format("{}", layer.l1.size()), fmt::format("{}", l1),
                    layer.budget ? fmt::format("{}", *layer.budget) : "–",
                    layer.budget ? fmt::format("{:.1f} %", 100.0 * static_cast<double>(l1) /
                                                               static_cast<double>(*layer.budget))
                                 : "–"});
  }
  return tableText(rows, {0, 1, 2, 3, 4}, {0}) +
         "‖q‖₁ of the integer weights [exact]; budget: the largest that P allows [bound].\n";
}

/// An event as a part of a larger document.
ordered_json withoutName(ordered_json event) {
  event.erase("event");
  return event;
}

}  // namespace

void LiveState::take(const LiveNews& news) {
  if (!news.steps.empty()) step = news.steps.back();
  if (!news.epochs.empty()) epoch = news.epochs.back();
  if (!news.layers.empty()) layers = news.layers;
}

std::string liveText(const fs::path& project, const LiveRunReader& run, const LiveState& state) {
  const auto owner = projectOwner(project);
  std::string out = fmt::format("{} of {}, trained by {}\n", run.runName(), project.string(),
                                owner ? owner->text() : "nobody any more");
  out += (state.step ? stepText(*state.step, kAllColumns) : "no step yet") + "\n";
  if (state.epoch) out += epochText(*state.epoch) + "\n";
  if (!state.layers.empty()) out += layersText(state.layers);
  return out;
}

ordered_json layersEvent(const std::vector<LiveLayer>& layers) {
  ordered_json line{{"event", "snapshot"}, {"layers", ordered_json::array()}};
  for (const LiveLayer& layer : layers) {
    line["layers"].push_back(
        {{"layer", layer.layer},
         {"l1_budget", layer.budget ? ordered_json(*layer.budget) : ordered_json()},
         {"largest_l1", largest(layer)},
         {"l1", layer.l1}});
  }
  return line;
}

ordered_json liveJson(const fs::path& project, const LiveRunReader& run, const LiveState& state) {
  const auto owner = projectOwner(project);
  ordered_json out{{"schema", "a2q-watch-1"},
                   {"file", project.string()},
                   {"run", run.runName()},
                   {"uuid", run.runUuid()},
                   {"trained_by", owner ? ordered_json(owner->text()) : ordered_json()}};
  out["step"] = state.step ? withoutName(stepEvent(*state.step)) : ordered_json();
  out["epoch"] = state.epoch ? withoutName(epochEvent(*state.epoch)) : ordered_json();
  out["layers"] = layersEvent(state.layers)["layers"];
  return out;
}

std::string endText(const fs::path& project, const RunSummary& summary) {
  const ProjectRun& run = *summary.run;
  std::string out = fmt::format("{} of {}: {} after {} epochs", run.name, project.string(),
                                summary.state, run.epochs.size());
  if (!run.state_cause.empty()) out += fmt::format(" ({})", run.state_cause);
  if (summary.score) {
    out += fmt::format(", best {} {} on test data [measured]", metricName(run.metric),
                       scoreText(run.metric, *summary.score));
  }
  if (run.safe) out += fmt::format(", safe: {} [exact]", safeText(run.safe));
  out += ".\n";
  if (summary.state != "finished" && run.last_checkpoint) {
    out += fmt::format("Go on with: a2q resume '{}' --run {}\n", project.string(), run.name);
  }
  return out;
}

ordered_json endEvent(const RunSummary& summary) {
  ordered_json line{{"event", "end"}, {"state", summary.state}};
  if (!summary.run->state_cause.empty()) line["state_cause"] = summary.run->state_cause;
  line["safe"] = summary.run->safe ? ordered_json(*summary.run->safe) : ordered_json();
  line["seconds"] = jsonNumber(summary.run->seconds);
  line["run"] = summaryJson(summary);
  return line;
}

}  // namespace a2q::cli
