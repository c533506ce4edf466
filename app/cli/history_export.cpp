// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/history_export.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "app/cli/run_summary.h"
#include "core/bounds/json_number.h"
#include "core/project/stored/run_objects.h"

namespace a2q::cli {
namespace {

using nlohmann::ordered_json;

/// A cell of a table: quoted where a comma, a quote or a line break stands in it.
std::string cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + '"';
}

std::string cell(double value) { return std::isnan(value) ? "" : fmt::format("{}", value); }

std::string cell(const std::optional<double>& value) { return value ? cell(*value) : ""; }

/// A member of a summary as a cell.
std::string cell(const ordered_json& value) {
  if (value.is_null()) return {};
  return value.is_string() ? cell(value.get<std::string>()) : value.dump();
}

Result<std::vector<RunSummary>> wantedRuns(const ProjectFile& file, const HistoryRequest& request) {
  auto all = summariesOf(file);
  if (!request.run) return all;
  const auto index = findRun(file.saved(), *request.run);
  if (!index) return tl::make_unexpected(index.error());
  return std::vector<RunSummary>{std::move(all[*index])};
}

/// The steps of a run: all of them once it has ended, else those up to its last checkpoint.
Result<ScalarSeries> stepsOf(const ProjectFile& file, const ProjectRun& run) {
  if (run.record) {
    const auto tree = file.object(*run.record);
    if (!tree) return tl::make_unexpected(tree.error());
    auto stored = storedRunOf(*tree);
    if (!stored) return forward(std::move(stored));
    return std::move(stored->record.steps);
  }
  if (!run.last_checkpoint) return ScalarSeries();
  const auto tree = file.object(*run.last_checkpoint);
  if (!tree) return tl::make_unexpected(tree.error());
  auto checkpoint = checkpointOf(*tree);
  if (!checkpoint) return forward(std::move(checkpoint));
  return std::move(checkpoint->steps);
}

std::string summaryCsv(const std::vector<RunSummary>& runs) {
  std::string out =
      "run,number,uuid,created,state,method,M,N,P,seed,epochs,metric,best_score,safe,"
      "worst_margin_bits,sparsity,seconds\n";
  for (const RunSummary& summary : runs) {
    const ordered_json row = summaryJson(summary);
    out += cell(summary.run->name);
    for (const char* key :
         {"number", "uuid", "created", "state", "method", "M", "N", "P", "seed", "epochs", "metric",
          "best_score", "safe", "worst_margin_bits", "sparsity", "seconds"}) {
      out += ',' + cell(row.value(key, ordered_json()));
    }
    out += '\n';
  }
  return out;
}

std::string epochsCsv(const std::vector<RunSummary>& runs) {
  std::string out =
      "run,phase,epoch,metric,train_loss,train_score,test_loss,test_score,learning_rate,penalty,"
      "worst_margin_bits,sparsity,seconds\n";
  for (const RunSummary& summary : runs) {
    for (const EpochRecord& epoch : summary.run->epochs) {
      out += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{}\n", cell(summary.run->name),
                         phaseName(epoch.phase), epoch.epoch, metricKey(epoch.metric),
                         cell(epoch.train_loss), cell(epoch.train_score), cell(epoch.test_loss),
                         cell(epoch.test_score), cell(epoch.learning_rate), cell(epoch.penalty),
                         cell(epoch.worst_margin_bits), cell(epoch.sparsity), cell(epoch.seconds));
    }
  }
  return out;
}

/// The steps of runs that may tell different things: every column that one of them has.
Result<std::string> stepsCsv(const ProjectFile& file, const std::vector<RunSummary>& runs) {
  std::vector<std::string> columns;
  std::vector<ScalarSeries> all;
  all.reserve(runs.size());
  for (const RunSummary& summary : runs) {
    auto steps = stepsOf(file, *summary.run);
    if (!steps) return forward(std::move(steps));
    for (const std::string& column : steps->columns()) {
      if (std::ranges::find(columns, column) == columns.end()) columns.push_back(column);
    }
    all.push_back(std::move(*steps));
  }
  std::string out = "run,step";
  for (const std::string& column : columns) out += ',' + cell(column);
  out += '\n';
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const auto& own = all[i].columns();
    std::vector<std::size_t> places;  // of the columns in this run's own; beyond its last: none
    places.reserve(columns.size());
    for (const std::string& column : columns) {
      places.push_back(static_cast<std::size_t>(std::ranges::find(own, column) - own.begin()));
    }
    for (std::size_t step = 0; step < all[i].rows(); ++step) {
      const auto row = all[i].row(step);
      out += fmt::format("{},{}", cell(runs[i].run->name), step + 1);
      for (const std::size_t place : places)
        out += ',' + (place < row.size() ? cell(row[place]) : "");
      out += '\n';
    }
  }
  return out;
}

ordered_json epochJson(const EpochRecord& epoch) {
  const auto optional = [](const std::optional<double>& value) {
    return value ? jsonNumber(*value) : ordered_json();
  };
  return {{"phase", phaseName(epoch.phase)},
          {"epoch", epoch.epoch},
          {"metric", metricKey(epoch.metric)},
          {"train_loss", jsonNumber(epoch.train_loss)},
          {"train_score", jsonNumber(epoch.train_score)},
          {"test_loss", jsonNumber(epoch.test_loss)},
          {"test_score", jsonNumber(epoch.test_score)},
          {"learning_rate", jsonNumber(epoch.learning_rate)},
          {"penalty", jsonNumber(epoch.penalty)},
          {"worst_margin_bits", optional(epoch.worst_margin_bits)},
          {"sparsity", optional(epoch.sparsity)},
          {"seconds", jsonNumber(epoch.seconds)}};
}

ordered_json stepsJson(const ScalarSeries& steps) {
  ordered_json out{{"columns", steps.columns()}, {"rows", ordered_json::array()}};
  for (std::size_t i = 0; i < steps.rows(); ++i) {
    ordered_json row = ordered_json::array();
    for (const double value : steps.row(i)) {
      row.push_back(std::isnan(value) ? ordered_json() : jsonNumber(value));
    }
    out["rows"].push_back(std::move(row));
  }
  return out;
}

}  // namespace

Result<std::string> historyCsv(const ProjectFile& file, const HistoryRequest& request) {
  const auto runs = wantedRuns(file, request);
  if (!runs) return tl::make_unexpected(runs.error());
  switch (request.series) {
    case HistorySeries::kSummary: return summaryCsv(*runs);
    case HistorySeries::kEpochs: return epochsCsv(*runs);
    case HistorySeries::kSteps: break;
  }
  return stepsCsv(file, *runs);
}

Result<std::string> historyJson(const ProjectFile& file, const HistoryRequest& request) {
  const auto runs = wantedRuns(file, request);
  if (!runs) return tl::make_unexpected(runs.error());
  ordered_json out{
      {"schema", "a2q-history-1"}, {"project", file.saved().uuid}, {"runs", ordered_json::array()}};
  for (const RunSummary& summary : *runs) {
    ordered_json row = summaryJson(summary);
    row["specification"] = summary.run->specification;
    if (request.series != HistorySeries::kSummary) {
      row["epoch_records"] = ordered_json::array();
      for (const EpochRecord& epoch : summary.run->epochs) {
        row["epoch_records"].push_back(epochJson(epoch));
      }
    }
    if (request.series == HistorySeries::kSteps) {
      const auto steps = stepsOf(file, *summary.run);
      if (!steps) return tl::make_unexpected(steps.error());
      row["steps"] = stepsJson(*steps);
    }
    out["runs"].push_back(std::move(row));
  }
  return out.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace a2q::cli
