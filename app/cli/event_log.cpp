// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/event_log.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <string>

#include "app/cli/output.h"
#include "core/base/log.h"

namespace a2q::cli {
namespace {

using nlohmann::ordered_json;

ordered_json optionalJson(const std::optional<double>& value) {
  return value ? jsonNumber(*value) : ordered_json();
}

ordered_json layerJson(const LayerSnapshot& layer) {
  ordered_json out{{"layer", layer.layer}, {"K", layer.k}};
  out["P"] = layer.accumulator ? ordered_json(layer.accumulator->bits) : ordered_json();
  out["l1_budget"] = layer.budget ? jsonInteger(layer.budget->floor()) : ordered_json();
  out["zeros"] = layer.zeros;
  for (const SignedSums& sums : layer.channels) {
    const AccumulatorRange range = exactRange(sums, layer.inputs);
    out["l1"].push_back(sums.l1());
    out["low"].push_back(jsonInteger(range.low));
    out["high"].push_back(jsonInteger(range.high));
  }
  out["levels"] = layer.levels;
  return out;
}

}  // namespace

Result<std::unique_ptr<EventLog>> EventLog::open(const std::filesystem::path& path) {
  // A reader that leaves must not end the training.
  std::signal(SIGPIPE, SIG_IGN);
  // Opening a pipe that nobody reads would wait for ever: O_NONBLOCK makes it an error.
  constexpr mode_t kUsualMode = 0666;
  const int descriptor =
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NONBLOCK, kUsualMode);
  std::FILE* const file = descriptor < 0 ? nullptr : ::fdopen(descriptor, "w");
  if (file == nullptr) {
    const bool unread = errno == ENXIO;
    return fail(ErrorCode::kWriteFailed, fmt::format("cannot write events to '{}'", path.string()),
                unread ? "nobody reads this pipe" : std::strerror(errno),
                unread ? "Start the reader first." : "");
  }
  ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) & ~O_NONBLOCK);
  return std::unique_ptr<EventLog>(new EventLog(file));
}

void EventLog::write(const ordered_json& line) {
  if (broken_) return;
  const std::string text = line.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
  const bool written = std::fwrite(text.data(), 1, text.size(), file_.get()) == text.size();
  if (written && std::fflush(file_.get()) == 0) return;
  broken_ = true;
  log(LogLevel::kWarning,
      fmt::format("The training goes on without --events: {}.", std::strerror(errno)));
}

void EventLog::onStart(const Experiment& experiment, const std::filesystem::path& folder,
                       const Checkpoint* resume) {
  write({{"event", "start"},
         {"schema", "a2q-events-1"},
         {"network", experiment.network.name},
         {"method", methodName(experiment.quant.method)},
         {"epochs", experiment.training.epochs},
         {"float_epochs", experiment.training.float_phase.epochs},
         {"resumed", resume != nullptr},
         {"results", folder.string()}});
}

void EventLog::onStep(const StepReport& report) {
  ordered_json line{{"event", "step"},
                    {"step", report.step},
                    {"phase", phaseName(report.phase)},
                    {"epoch", report.epoch},
                    {"epochs", report.epochs},
                    {"batch", report.batch},
                    {"batches", report.batches},
                    {"batch_loss", jsonNumber(report.batch_loss)},
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
  write(line);
}

void EventLog::onEpoch(const EpochRecord& record) {
  const std::string score(metricKey(record.metric));
  write({{"event", "epoch"},
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
         {"seconds", jsonNumber(record.seconds)}});
}

void EventLog::onSnapshot(const std::vector<LayerSnapshot>& layers) {
  ordered_json line{{"event", "snapshot"}, {"layers", ordered_json::array()}};
  for (const LayerSnapshot& layer : layers) line["layers"].push_back(layerJson(layer));
  write(line);
}

void EventLog::onCheckpoint(const Checkpoint& checkpoint, CheckpointKind kind) {
  write({{"event", "checkpoint"},
         {"kind", kind == CheckpointKind::kBest ? "best" : "last"},
         {"phase", phaseName(checkpoint.position.phase)},
         {"epoch", checkpoint.position.epoch},
         {"batch", checkpoint.position.batch}});
}

void EventLog::onEnd(const RunRecord& record) {
  ordered_json line{{"event", "end"}, {"state", stateName(record.state)}};
  if (!record.state_cause.empty()) line["state_cause"] = record.state_cause;
  // Nothing certified is not the same as safe.
  line["safe"] =
      record.certificate.layers.empty() ? ordered_json() : ordered_json(record.certificate.safe());
  line["seconds"] = jsonNumber(record.seconds);
  write(line);
}

}  // namespace a2q::cli
