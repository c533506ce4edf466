// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/recovery_hint.h"
#include "app/cli/run_summary.h"
#include "core/base/text_table.h"
#include "core/project/project_file.h"

namespace a2q::cli {
namespace {

std::string bitsText(const RunSummary& summary, BitWidth QuantSpec::*bits) {
  return summary.quant ? fmt::format("{}", ((*summary.quant).*bits).bits) : "?";
}

std::string optionalText(const std::optional<double>& value, double factor, std::string_view unit) {
  return value ? fmt::format("{:.2f}{}", *value * factor, unit) : "–";
}

std::vector<std::string> rowOf(const RunSummary& summary) {
  const ProjectRun& run = *summary.run;
  return {fmt::format("{}", summary.number),
          run.name,
          summary.state,
          summary.quant ? std::string(methodName(summary.quant->method)) : "?",
          bitsText(summary, &QuantSpec::weight_bits),
          bitsText(summary, &QuantSpec::activation_bits),
          bitsText(summary, &QuantSpec::accumulator_bits),
          fmt::format("{}", run.epochs.size()),
          summary.score ? scoreText(run.metric, *summary.score) : "–",
          safeText(run.safe),
          optionalText(summary.margin, 1, ""),
          optionalText(summary.sparsity, 100, " %"),
          fmt::format("{:.0f}", run.seconds),
          run.created};
}

std::string runsText(const std::vector<RunSummary>& summaries) {
  TextRows rows{{"#", "run", "state", "method", "M", "N", "P", "epochs", "best score", "safe",
                 "margin", "sparsity", "seconds", "created"}};
  for (const RunSummary& summary : summaries) rows.push_back(rowOf(summary));
  return tableText(rows, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, {1, 2, 3, 13}) +
         "\nbest score on test data [measured]; safe: no input overflows an accumulator that has a "
         "target P;\nmargin: bits left in the worst layer after the last epoch [exact].\n";
}

/// What is sorted by, the larger first; a run without it comes last.
std::optional<double> sortValue(const RunSummary& summary, std::string_view key) {
  if (key == "score") return summary.score;
  if (key == "margin") return summary.margin;
  if (key == "sparsity") return summary.sparsity;
  if (key == "epochs") return static_cast<double>(summary.run->epochs.size());
  if (key == "seconds") return -summary.run->seconds;
  return -static_cast<double>(summary.number);
}

void sortRuns(std::vector<RunSummary>& summaries, std::string_view key) {
  if (key == "name" || key == "created") {
    const auto text = key == "name" ? &ProjectRun::name : &ProjectRun::created;
    std::ranges::stable_sort(summaries, {},
                             [&](const RunSummary& summary) { return summary.run->*text; });
    return;
  }
  std::ranges::stable_sort(summaries, std::greater<>(), [&](const RunSummary& summary) {
    const auto value = sortValue(summary, key);
    const bool sorts = value && *value == *value;
    return std::pair(sorts, sorts ? *value : 0.0);
  });
}

Result<ExitCode> run(const Arguments& arguments) {
  const std::filesystem::path path = *arguments.text("project");
  const auto file = ProjectFile::open(path, ProjectAccess::kReadOnly);
  if (!file) return tl::make_unexpected(file.error());
  tellOfRecoveries(path);
  auto summaries = summariesOf(*file);
  sortRuns(summaries, *arguments.text("sort"));
  if (arguments.has("json")) {
    nlohmann::ordered_json out{{"schema", "a2q-runs-1"},
                               {"file", path.string()},
                               {"project", file->saved().uuid},
                               {"runs", nlohmann::ordered_json::array()}};
    for (const RunSummary& summary : summaries) out["runs"].push_back(summaryJson(summary));
    printJson(out);
  } else if (summaries.empty()) {
    printResult(fmt::format("{} has no runs yet; 'a2q train' adds one.\n", path.string()));
  } else {
    printResult(runsText(summaries));
  }
  return ExitCode::kOk;
}

}  // namespace

Command runsCommand() {
  return {
      .name = "runs",
      .summary = "The runs of a project",
      .long_help =
          "Lists the runs of a project in the order they began: how each ended, with which "
          "method and bits, its best score, and whether its accumulators are safe. A run that "
          "was killed or cut off from power is interrupted; 'a2q resume' goes on with it.\n\n"
          "Elsewhere --run takes a run's name, its number, the start of its UUID (4 characters "
          "or more), 'last', or 'best': the best score among those that finished.",
      .options = {{.flags = "--sort",
                   .kind = ValueKind::kText,
                   .value = "KEY",
                   .help = "What to sort by, the best first",
                   .default_value = "number",
                   .choices = {"number", "name", "score", "margin", "sparsity", "epochs", "seconds",
                               "created"}},
                  {.flags = "--json", .help = "Print one JSON document, schema a2q-runs-1"}},
      .positionals = {{.name = "project", .help = "The project (.a2q)", .kind = ValueKind::kPath}},
      .run = run};
}

}  // namespace a2q::cli
