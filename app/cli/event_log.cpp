// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/event_log.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <string>

#include "app/cli/event_json.h"
#include "app/cli/output.h"
#include "core/base/log.h"

namespace a2q::cli {
namespace {

using nlohmann::ordered_json;

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
  ordered_json line = startEvent(experiment, folder.string());
  line["resumed"] = resume != nullptr;
  write(line);
}

void EventLog::onStep(const StepReport& report) { write(stepEvent(report)); }

void EventLog::onEpoch(const EpochRecord& record) { write(epochEvent(record)); }

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
