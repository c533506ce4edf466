// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/event_json.h"

#include "core/bounds/json_number.h"

namespace a2q::cli {
namespace {

using nlohmann::ordered_json;

ordered_json optionalJson(const std::optional<double>& value) {
  return value ? jsonNumber(*value) : ordered_json();
}

}  // namespace

ordered_json startEvent(const Experiment& experiment, const std::string& results) {
  return {{"event", "start"},
          {"schema", "a2q-events-1"},
          {"network", experiment.network.name},
          {"method", methodName(experiment.quant.method)},
          {"epochs", experiment.training.epochs},
          {"float_epochs", experiment.training.float_phase.epochs},
          {"results", results}};
}

ordered_json stepEvent(const StepReport& report) {
  ordered_json line{{"event", "step"},
                    {"step", report.step},
                    {"phase", phaseName(report.phase)},
                    {"epoch", report.epoch},
                    {"epochs", report.epochs},
                    {"batch", report.batch},
                    {"batches", report.batches},
                    {"batch_loss", jsonNumber(report.batch_loss)},
                    {"batch_score", jsonNumber(report.batch_score)},
                    {"loss", jsonNumber(report.loss)},
                    {metricKey(report.metric), jsonNumber(report.score)},
                    {"learning_rate", jsonNumber(report.learning_rate)},
                    {"penalty", jsonNumber(report.penalty)},
                    {"worst_margin_bits", optionalJson(report.worst_margin_bits)},
                    {"sparsity", optionalJson(report.sparsity)},
                    {"seconds", jsonNumber(report.seconds)},
                    {"seconds_left", optionalJson(report.seconds_left)}};
  line["largest_l1"] = ordered_json::array();
  for (const LayerScalars& layer : report.layers) line["largest_l1"].push_back(layer.largest_l1);
  return line;
}

ordered_json epochEvent(const EpochRecord& record) {
  const std::string score(metricKey(record.metric));
  return {{"event", "epoch"},
          {"phase", phaseName(record.phase)},
          {"epoch", record.epoch},
          {"train_loss", jsonNumber(record.train_loss)},
          {"train_" + score, jsonNumber(record.train_score)},
          {"test_loss", jsonNumber(record.test_loss)},
          {"test_" + score, jsonNumber(record.test_score)},
          {"learning_rate", jsonNumber(record.learning_rate)},
          {"penalty", jsonNumber(record.penalty)},
          {"worst_margin_bits", optionalJson(record.worst_margin_bits)},
          {"sparsity", optionalJson(record.sparsity)},
          {"seconds", jsonNumber(record.seconds)}};
}

}  // namespace a2q::cli
