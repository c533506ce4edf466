// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run_summary.h"

#include <fmt/format.h>

#include "core/bounds/json_number.h"
#include "core/network/experiment.h"
#include "core/training/checkpoint.h"

namespace a2q::cli {
namespace {

using nlohmann::ordered_json;

ordered_json optionalJson(const std::optional<double>& value) {
  return value ? jsonNumber(*value) : ordered_json();
}

}  // namespace

std::vector<RunSummary> summariesOf(const ProjectFile& file) {
  const std::vector<ProjectRun>& runs = file.saved().runs;
  std::vector<RunSummary> out;
  out.reserve(runs.size());
  for (const ProjectRun& run : runs) {
    RunSummary summary;
    summary.number = out.size() + 1;
    summary.run = &run;
    const bool interrupted = run.state == ProjectRunState::kTraining && !file.heldWhenRead();
    summary.state = interrupted ? "interrupted" : std::string(runStateName(run.state));
    if (auto experiment = parseExperiment(run.specification, run.name)) {
      summary.quant = std::move(experiment->quant);
    }
    if (const EpochRecord* best = bestEpoch(run.epochs)) summary.score = best->test_score;
    if (!run.epochs.empty()) {
      summary.margin = run.epochs.back().worst_margin_bits;
      summary.sparsity = run.epochs.back().sparsity;
    }
    out.push_back(std::move(summary));
  }
  return out;
}

ordered_json summaryJson(const RunSummary& summary) {
  const ProjectRun& run = *summary.run;
  ordered_json out{
      {"number", summary.number}, {"name", run.name},       {"uuid", run.uuid},
      {"created", run.created},   {"state", summary.state}, {"state_cause", run.state_cause},
      {"data", run.data_source},  {"backend", run.backend}, {"seed", run.seed}};
  if (summary.quant) {
    out["method"] = methodName(summary.quant->method);
    out["M"] = summary.quant->weight_bits.bits;
    out["N"] = summary.quant->activation_bits.bits;
    out["P"] = summary.quant->accumulator_bits.bits;
  }
  out["epochs"] = run.epochs.size();
  out["metric"] = metricKey(run.metric);
  out["best_score"] = optionalJson(summary.score);
  out["safe"] = run.safe ? ordered_json(*run.safe) : ordered_json();
  out["worst_margin_bits"] = optionalJson(summary.margin);
  out["sparsity"] = optionalJson(summary.sparsity);
  out["seconds"] = jsonNumber(run.seconds);
  return out;
}

std::string safeText(const std::optional<bool>& safe) {
  if (!safe) return "–";
  return *safe ? "yes" : "no";
}

}  // namespace a2q::cli
