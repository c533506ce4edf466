// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <ctime>
#include <limits>
#include <utility>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/live_line.h"
#include "app/cli/output.h"
#include "app/cli/run_report.h"
#include "app/cli/signal_stop.h"
#include "core/network/sample_experiment.h"
#include "core/training/result_folder.h"
#include "core/training/trainer.h"

namespace a2q::cli {
namespace {

namespace fs = std::filesystem;

/// A setting that overrides the specification and the words it came from.
struct Override {
  std::string key;
  std::string value;
  std::string origin;
};

/// --set key=value in the order given, then the flags: flags win.
Result<std::vector<Override>> overridesOf(const Arguments& arguments) {
  std::vector<Override> overrides;
  for (const std::string& text : arguments.texts("set")) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      return fail(ErrorCode::kUsage, fmt::format("--set takes KEY=VALUE, not '{}'", text));
    }
    overrides.push_back({text.substr(0, equals), text.substr(equals + 1), "--set"});
  }
  constexpr std::pair<const char*, const char*> kFlags[] = {
      {"seed", "training.seed"},           {"epochs", "training.epochs"},
      {"method", "quant.method"},          {"weights", "quant.weight_bits"},
      {"inputs", "quant.activation_bits"}, {"accumulator", "quant.accumulator_bits"},
  };
  for (const auto& [flag, key] : kFlags) {
    if (const auto value = arguments.text(flag)) {
      overrides.push_back({key, *value, fmt::format("--{}", flag)});
    }
  }
  return overrides;
}

/// The last value given for each key, in the order of the keys.
std::vector<Override> lastOfEachKey(const std::vector<Override>& overrides) {
  std::vector<Override> last;
  for (const Override& change : overrides) {
    const auto same = [&](const Override& other) { return other.key == change.key; };
    const auto found = std::find_if(last.begin(), last.end(), same);
    if (found == last.end()) {
      last.push_back(change);
    } else {
      *found = change;
    }
  }
  return last;
}

/// Makes every change in an order that works: a wider activation may need the wider accumulator
/// that is asked for as well, and neither order is right for all.
Result<Experiment> withOverrides(Experiment experiment, std::vector<Override> left) {
  while (!left.empty()) {
    std::vector<Override> refused;
    Status first;
    for (const Override& change : left) {
      auto changed = withSetting(experiment, change.key, change.value);
      if (changed) {
        experiment = std::move(*changed);
        continue;
      }
      if (first) first = forward(std::move(changed));
      refused.push_back(change);
    }
    if (refused.size() == left.size()) return forward(std::move(first));
    left = std::move(refused);
  }
  return experiment;
}

Result<Experiment> experimentOf(const Arguments& arguments,
                                const std::vector<Override>& overrides) {
  const auto path = arguments.text("spec");
  auto experiment =
      path ? readExperiment(*path) : parseExperiment(sampleSpecification(), "the built-in sample");
  if (!experiment) return experiment;
  return withOverrides(std::move(*experiment), lastOfEachKey(overrides));
}

/// A network's name as part of a file name: no separators, nothing hidden, of modest length.
std::string fileNameOf(const std::string& name) {
  constexpr std::size_t kLongest = 60;
  std::string out = name.substr(0, kLongest);
  for (char& letter : out) {
    const auto byte = static_cast<unsigned char>(letter);
    const bool plain = std::isalnum(byte) != 0 || letter == '_' || letter == '-';
    if (!plain) letter = '-';
  }
  return out.empty() ? "network" : out;
}

/// results/<network>-<date>-<time>: fresh for every run.
fs::path defaultFolder(const Experiment& experiment) {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm local{};
  localtime_r(&now, &local);
  char stamp[32];
  std::strftime(stamp, sizeof stamp, "%Y%m%d-%H%M%S", &local);
  return fs::path("results") / fmt::format("{}-{}", fileNameOf(experiment.network.name), stamp);
}

void printConfiguration(const Arguments& arguments, const Experiment& experiment,
                        const std::vector<Override>& overrides) {
  std::string text =
      fmt::format("# from {}\n", arguments.text("spec").value_or("the built-in sample"));
  for (const Override& change : overrides) {
    text += fmt::format("# {} = {} (from {})\n", change.key, change.value, change.origin);
  }
  printResult(text + "\n" + writeExperiment(experiment));
}

/// How wide a table may be: a terminal's width, any elsewhere.
std::size_t outputColumns() {
  winsize size{};
  const bool terminal = ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return terminal ? size.ws_col : std::numeric_limits<std::size_t>::max();
}

Result<ExitCode> conclude(const Arguments& arguments, const RunRecord& record,
                          const fs::path& folder, int signal) {
  // Printed first: a full disk must not take the result of the training with it.
  if (arguments.has("json")) {
    printJson(runJson(record, folder));
  } else {
    printResult(runText(record, folder, outputColumns()));
  }
  if (auto written = writeResultFolder(folder, record); !written) {
    return forward(std::move(written));
  }
  if (record.state == RunState::kDiverged) {
    return fail(ErrorCode::kTrainingDiverged, "training diverged", record.state_cause);
  }
  if (record.state == RunState::kStopped) {
    return signal == SIGINT ? ExitCode::kInterrupted : ExitCode::kTerminated;
  }
  return record.certificate.safe() ? ExitCode::kOk : ExitCode::kCheckFailed;
}

Result<ExitCode> run(const Arguments& arguments) {
  auto overrides = overridesOf(arguments);
  if (!overrides) return forward(std::move(overrides));
  auto experiment = experimentOf(arguments, *overrides);
  if (!experiment) return forward(std::move(experiment));
  if (arguments.has("print-config")) {
    printConfiguration(arguments, *experiment, *overrides);
    return ExitCode::kOk;
  }
  auto data =
      loadDataSet(experiment->data, experiment->training.seed, arguments.text("data").value_or(""));
  if (!data) return forward(std::move(data));
  const fs::path folder = arguments.text("output").value_or(defaultFolder(*experiment).string());
  const Overwrite overwrite = arguments.has("force") ? Overwrite::kAllow : Overwrite::kRefuse;
  const bool existed = fs::exists(fs::symlink_status(folder));
  if (auto ready = prepareResultFolder(folder, overwrite); !ready) {
    return forward(std::move(ready));
  }
  const SignalStop signals;
  auto trainer = openTrainer();
  if (!trainer) return forward(std::move(trainer));
  LiveLine line(arguments.has("quiet") ? Verbosity::kQuiet : Verbosity::kNormal);
  const ComputeOptions compute{*arguments.text("device"),
                               static_cast<int>(*arguments.integer("threads"))};
  auto record = (*trainer)->train(*experiment, *data, compute, line, {signals.token(), nullptr});
  line.finish();
  if (!record) {
    std::error_code ignored;
    if (!existed) fs::remove(folder, ignored);  // made above, and still empty
    return forward(std::move(record));
  }
  return conclude(arguments, *record, folder, signals.received());
}

}  // namespace

Command trainCommand() {
  constexpr std::int64_t kMostThreads = 1024;
  return {
      .name = "train",
      .summary = "Train a network and certify its accumulators",
      .long_help =
          "Trains the network of a specification (without one: the built-in sample, a small LeNet "
          "on generated digits) and ends with a table per layer and a verdict in exact integer "
          "arithmetic.\n\n"
          "The result folder holds spec.toml (repeats the run), metrics.csv, metrics.json, "
          "certificate.json and weights.safetensors. The first Ctrl-C stops at the next batch and "
          "keeps what was trained; the second aborts.\n\n"
          "Exit code 1 means that an accumulator with a target P can overflow, as those of QAT "
          "may.\n\n"
          "With the same --seed, machine and --threads a run on the CPU repeats bit by bit.",
      .options = {{.flags = "-o,--output",
                   .kind = ValueKind::kPath,
                   .value = "DIR",
                   .help = "Folder for the results (default: results/<network>-<date>-<time>)"},
                  {.flags = "--force", .help = "Write into a folder that already holds something"},
                  {.flags = "--data",
                   .kind = ValueKind::kPath,
                   .value = "DIR",
                   .help = "Folder of the data set (default: A2Q_DATA_DIR)"},
                  {.flags = "--seed",
                   .kind = ValueKind::kInteger,
                   .value = "N",
                   .help = "Seed of weights, order and generated data",
                   .lowest = 0},
                  {.flags = "--epochs",
                   .kind = ValueKind::kInteger,
                   .value = "N",
                   .help = "Passes over the training data",
                   .lowest = 0},
                  {.flags = "--method",
                   .kind = ValueKind::kText,
                   .value = "NAME",
                   .help = "How weights are quantized",
                   .choices = {"float", "qat", "a2q", "a2q+"}},
                  {.flags = "--weights",
                   .kind = ValueKind::kInteger,
                   .value = "M",
                   .help = "Weight bits of the hidden layers"},
                  {.flags = "--inputs",
                   .kind = ValueKind::kInteger,
                   .value = "N",
                   .help = "Activation bits of the hidden layers"},
                  {.flags = "--accumulator",
                   .kind = ValueKind::kInteger,
                   .value = "P",
                   .help = "Accumulator bits of the hidden layers"},
                  {.flags = "--set",
                   .kind = ValueKind::kText,
                   .value = "KEY=VALUE",
                   .help = "Change any setting of the specification, for example "
                           "training.learning_rate=1e-3",
                   .times = Times::kRepeated},
                  {.flags = "--print-config",
                   .help = "Print the settings and where they come from, and end"},
                  {.flags = "--device",
                   .kind = ValueKind::kText,
                   .value = "NAME",
                   .help = "Where to compute: cpu, cuda or cuda:N",
                   .default_value = "cpu"},
                  {.flags = "--threads",
                   .kind = ValueKind::kInteger,
                   .value = "N",
                   .help = "Threads to compute with; 0: as many as processors",
                   .default_value = "0",
                   .lowest = 0,
                   .highest = kMostThreads},
                  {.flags = "--quiet", .help = "No progress on standard error"},
                  {.flags = "--json", .help = "Print one JSON document, schema a2q-train-1"}},
      .positionals = {{.name = "spec",
                       .help = "Specification in TOML",
                       .need = Need::kOptional,
                       .kind = ValueKind::kPath}},
      .run = run};
}

}  // namespace a2q::cli
