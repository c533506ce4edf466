// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/result_folder.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <span>
#include <system_error>

#include "core/base/atomic_file.h"
#include "core/base/version.h"
#include "core/bounds/certificate_json.h"
#include "core/bounds/json_number.h"
#include "core/training/checkpoint.h"
#include "core/training/tensor_checksum.h"
#include "core/training/tensor_file.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

ordered_json optionalNumber(const std::optional<double>& value) {
  return value ? jsonNumber(*value) : ordered_json();
}

/// The text of a document; a path need not be UTF-8, and must not lose a training that is done.
std::string textOf(const ordered_json& document) {
  return document.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

std::string optionalText(const std::optional<double>& value) {
  return value ? fmt::format("{}", *value) : std::string();
}

std::string metricsCsv(const RunRecord& record) {
  const std::string_view score = metricKey(record.metric);
  std::string text = fmt::format(
      "phase,epoch,train_loss,train_{},test_loss,test_{},learning_rate,penalty,"
      "worst_margin_bits,sparsity,seconds\n",
      score, score);
  for (const EpochRecord& epoch : record.epochs) {
    text +=
        fmt::format("{},{},{},{},{},{},{},{},{},{},{:.3f}\n", phaseName(epoch.phase), epoch.epoch,
                    epoch.train_loss, epoch.train_score, epoch.test_loss, epoch.test_score,
                    epoch.learning_rate, epoch.penalty, optionalText(epoch.worst_margin_bits),
                    optionalText(epoch.sparsity), epoch.seconds);
  }
  return text;
}

/// A row a step; empty fields where there is nothing to tell.
std::string stepsCsv(const ScalarSeries& steps) {
  std::string text = fmt::format("step,{}\n", fmt::join(steps.columns(), ","));
  for (std::size_t i = 0; i < steps.rows(); ++i) {
    text += fmt::format("{}", i + 1);
    for (const double value : steps.row(i)) {
      text += std::isnan(value) ? std::string(",") : fmt::format(",{}", value);
    }
    text += '\n';
  }
  return text;
}

std::string metricsJson(const RunRecord& record) {
  const auto score = metricKey(record.metric);
  ordered_json document;
  document["schema"] = "a2q-metrics-1";
  document["program"] = fmt::format("a2q {}", version());
  document["backend"] = record.backend;
  document["network"] = record.experiment.network.name;
  document["data"] = record.data_source;
  document["seed"] = record.experiment.training.seed;
  document["state"] = stateName(record.state);
  if (!record.state_cause.empty()) document["state_cause"] = record.state_cause;
  document["seconds"] = record.seconds;
  document["epochs"] = ordered_json::array();
  for (const EpochRecord& epoch : record.epochs) {
    ordered_json row;
    row["phase"] = phaseName(epoch.phase);
    row["epoch"] = epoch.epoch;
    row["train_loss"] = epoch.train_loss;
    row[fmt::format("train_{}", score)] = epoch.train_score;
    row["test_loss"] = epoch.test_loss;
    row[fmt::format("test_{}", score)] = epoch.test_score;
    row["learning_rate"] = epoch.learning_rate;
    row["penalty"] = epoch.penalty;
    row["worst_margin_bits"] = optionalNumber(epoch.worst_margin_bits);
    row["sparsity"] = optionalNumber(epoch.sparsity);
    row["seconds"] = epoch.seconds;
    document["epochs"].push_back(row);
  }
  return textOf(document);
}

std::vector<NamedTensor> allTensors(const RunRecord& record) {
  std::vector<NamedTensor> tensors = record.parameters;
  for (const IntegerWeights& layer : record.weights) {
    const auto bytes = std::as_bytes(std::span(layer.values));
    tensors.push_back({layer.layer + ".q",
                       TensorType::kInt32,
                       {layer.channels, layer.k},
                       {bytes.begin(), bytes.end()}});
  }
  return tensors;
}

}  // namespace

Status prepareResultFolder(const fs::path& folder, Overwrite overwrite) {
  std::error_code problem;
  if (fs::exists(folder, problem) && !fs::is_directory(folder, problem)) {
    return fail(ErrorCode::kWriteFailed, "cannot write results to '" + folder.string() + "'",
                "it is a file, not a folder", "Name a folder with --output.");
  }
  if (fs::is_directory(folder, problem) && !fs::is_empty(folder, problem) &&
      overwrite == Overwrite::kRefuse) {
    return fail(ErrorCode::kExists, "'" + folder.string() + "' already holds something",
                "results are never overwritten unasked");
  }
  fs::create_directories(folder, problem);
  if (problem) {
    return fail(ErrorCode::kWriteFailed, "cannot create '" + folder.string() + "'",
                problem.message());
  }
  // The first file is written before an hour of training, not after it.
  const fs::path probe = folder / ".writable";
  if (auto written = writeFileAtomically(probe, std::string_view()); !written) {
    return forward(std::move(written));
  }
  fs::remove(probe, problem);
  return {};
}

Status writeResultFolder(const fs::path& folder, const RunRecord& record) {
  const std::pair<const char*, std::string> texts[] = {
      {"spec.toml", writeExperiment(record.experiment)},
      {"metrics.csv", metricsCsv(record)},
      {"metrics.json", metricsJson(record)},
      {"steps.csv", stepsCsv(record.steps)},
      {"certificate.json", certificateJson(record.certificate)},
  };
  for (const auto& [name, text] : texts) {
    if (auto written = writeFileAtomically(folder / name, text); !written) return written;
  }
  const std::vector<NamedTensor> tensors = allTensors(record);
  std::map<std::string, std::string> metadata{{kSchemaKey, kWeightsSchema},
                                              {kSpecKey, writeExperiment(record.experiment)}};
  metadata[kChecksumKey] = tensorChecksum(tensors, metadata);
  return writeTensorFile(folder / kWeightsFile, tensors, metadata);
}

}  // namespace a2q
