// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <stop_token>
#include <thread>
#include <tuple>
#include <utility>

#include "app/cli/commands.h"
#include "app/cli/event_json.h"
#include "app/cli/live_line.h"
#include "app/cli/output.h"
#include "app/cli/signal_stop.h"
#include "app/cli/watch_report.h"
#include "core/project/project_file.h"

namespace a2q::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

enum class Form { kText, kJson };

/// What is watched, how it is shown, and when the watching is to end.
struct Watch {
  fs::path project;
  Form form = Form::kText;
  std::stop_token stop;

  /// False when the user has had enough.
  [[nodiscard]] bool pause() const {
    constexpr std::chrono::milliseconds kInterval(100);
    if (!stop.stop_requested()) std::this_thread::sleep_for(kInterval);
    return !stop.stop_requested();
  }
};

/// One object a line, for who reads line by line.
void printLine(const ordered_json& line) {
  printResult(line.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n");
  std::fflush(stdout);
}

/// Steps and epochs in the order they happened.
void printEvents(const LiveNews& news) {
  auto step = news.steps.begin();
  for (const EpochRecord& epoch : news.epochs) {
    const auto part_of = [&epoch](const StepReport& report) {
      return std::tuple(report.phase, report.epoch) <= std::tuple(epoch.phase, epoch.epoch);
    };
    for (; step != news.steps.end() && part_of(*step); ++step) printLine(stepEvent(*step));
    printLine(epochEvent(epoch));
  }
  for (; step != news.steps.end(); ++step) printLine(stepEvent(*step));
  if (!news.layers.empty()) printLine(layersEvent(news.layers));
}

void showOnLine(const LiveNews& news, LiveLine& line) {
  for (const EpochRecord& epoch : news.epochs) line.onEpoch(epoch);
  if (news.steps.empty()) return;
  const StepReport& last = news.steps.back();
  const bool told = !news.epochs.empty() && news.epochs.back().phase == last.phase &&
                    news.epochs.back().epoch == last.epoch;
  if (!told) line.onStep(last);
}

/// The run that is being trained; waits for one when asked to. None: the user has had enough.
Result<std::optional<LiveRunReader>> findRun(const Watch& watch, bool waits) {
  // First, because its errors are of another kind and do not pass by waiting.
  if (auto file = ProjectFile::open(watch.project, ProjectAccess::kReadOnly); !file) {
    return forward(std::move(file));
  }
  for (;;) {
    auto reader = LiveRunReader::open(watch.project);
    if (reader) return std::optional(std::move(*reader));
    if (!waits || reader.error().code != ErrorCode::kReadFailed) return forward(std::move(reader));
    if (!watch.pause()) return std::optional<LiveRunReader>();
  }
}

Result<ExitCode> showOnce(const Watch& watch, LiveRunReader& reader) {
  LiveState state;
  for (;;) {
    const auto news = reader.poll();
    if (!news) return tl::make_unexpected(news.error());
    state.take(*news);
    if (news->steps.empty() && news->epochs.empty()) break;
  }
  if (watch.form == Form::kJson) {
    printJson(liveJson(watch.project, reader, state));
  } else {
    printResult(liveText(watch.project, reader, state));
  }
  return ExitCode::kOk;
}

/// Shows what comes until the trainer is gone or the user has had enough.
Status follow(const Watch& watch, LiveRunReader& reader) {
  LiveLine line(Verbosity::kNormal);
  if (watch.form == Form::kJson) {
    printLine(startEvent(reader.experiment(),
                         fmt::format("{}, {}", watch.project.string(), reader.runName())));
  }
  do {
    const auto news = reader.poll();
    if (!news) return tl::make_unexpected(news.error());
    if (watch.form == Form::kJson) {
      printEvents(*news);
    } else {
      showOnLine(*news, line);
    }
    if (news->ended) break;
  } while (watch.pause());
  line.finish();
  return {};
}

/// How the run ended, once the project says so: the trainer writes it after its last word.
Status showEnd(const Watch& watch, const std::string& uuid) {
  bool seen_free = false;
  do {
    const auto file = ProjectFile::open(watch.project, ProjectAccess::kReadOnly);
    if (!file) return tl::make_unexpected(file.error());
    const auto summaries = summariesOf(file->saved(), watch.project);
    const auto summary =
        std::ranges::find(summaries, uuid, [](const RunSummary& one) { return one.run->uuid; });
    if (summary == summaries.end()) {
      return fail(ErrorCode::kReadFailed,
                  fmt::format("the run is no longer in '{}'", watch.project.string()),
                  "its training failed before it began",
                  "See what 'a2q train' said, and start it again.");
    }
    // The project may have been read just before the trainer wrote the end and left: once more.
    const bool may_be_older = summary->state == "interrupted" && !std::exchange(seen_free, true);
    if (summary->state == "training" || may_be_older) continue;
    if (watch.form == Form::kJson) {
      printLine(endEvent(*summary));
    } else {
      printResult(endText(watch.project, *summary));
    }
    return {};
  } while (watch.pause());
  return {};
}

Result<ExitCode> run(const Arguments& arguments) {
  const SignalStop signals;
  const Watch watch{*arguments.text("project"), arguments.has("json") ? Form::kJson : Form::kText,
                    signals.token()};
  auto reader = findRun(watch, arguments.has("wait"));
  if (!reader) return forward(std::move(reader));
  if (*reader) {
    if (arguments.has("once")) return showOnce(watch, **reader);
    if (auto shown = follow(watch, **reader); !shown) return forward(std::move(shown));
    if (auto shown = showEnd(watch, (*reader)->runUuid()); !shown) {
      return forward(std::move(shown));
    }
  }
  switch (signals.received()) {
    case 0: return ExitCode::kOk;
    case SIGINT: return ExitCode::kInterrupted;
    default: return ExitCode::kTerminated;
  }
}

}  // namespace

Command watchCommand() {
  return {
      .name = "watch",
      .summary = "Follow a run of a project that another process trains",
      .long_help =
          "Shows the run that is being trained into a project, from its first step on: a live "
          "line on a terminal, a line an epoch elsewhere. It ends with the training and says how "
          "that ended; a training that was killed is interrupted. Ctrl-C ends the watching "
          "only. Any number of processes may watch, and the training never waits for them.\n\n"
          "--json prints JSON Lines as 'a2q train --events' writes them (schema a2q-events-1), "
          "from standard output; with --once it is one document.",
      .options = {{.flags = "--once",
                   .help = "Print how the run stands now, with ‖q‖₁ and budget of every layer"},
                  {.flags = "--wait", .help = "Wait until a training begins"},
                  {.flags = "--json",
                   .help = "Print events, schema a2q-events-1; with --once a2q-watch-1"}},
      .positionals = {{.name = "project", .help = "The project (.a2q)", .kind = ValueKind::kPath}},
      .run = run};
}

}  // namespace a2q::cli
