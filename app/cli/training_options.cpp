// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/training_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

namespace a2q::cli {
namespace {

namespace fs = std::filesystem;

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

}  // namespace

std::vector<Option> computeOptions() {
  constexpr std::int64_t kMostThreads = 1024;
  return {{.flags = "--data",
           .kind = ValueKind::kPath,
           .value = "DIR",
           .help = "Folder of the data set (default: A2Q_DATA_DIR, then what was fetched)"},
          {.flags = "--device",
           .kind = ValueKind::kText,
           .value = "NAME",
           .help = "Where to compute: cpu, cuda, cuda:N, or auto (CUDA where there is one)",
           .default_value = "cpu"},
          {.flags = "--threads",
           .kind = ValueKind::kInteger,
           .value = "N",
           .help = "Threads to compute with; 0: as many as processors",
           .default_value = "0",
           .lowest = 0,
           .highest = kMostThreads}};
}

std::vector<Option> trainingOptions() {
  std::vector<Option> options{
      {.flags = "--epochs",
       .kind = ValueKind::kInteger,
       .value = "N",
       .help = "Passes over the training data",
       .lowest = 0},
      {.flags = "--set",
       .kind = ValueKind::kText,
       .value = "KEY=VALUE",
       .help = "Change a setting of the specification, for example training.learning_rate=1e-3",
       .times = Times::kRepeated},
      {.flags = "--events",
       .kind = ValueKind::kPath,
       .value = "FILE",
       .help = "Tell every step, epoch and snapshot as JSON Lines, for programs that watch"},
      {.flags = "--tensorboard",
       .kind = ValueKind::kPath,
       .value = "DIR",
       .help = "Write TensorBoard event files there"},
      {.flags = "--quiet", .help = "No progress on standard error"},
      {.flags = "--json", .help = "Print one JSON document, schema a2q-train-1"}};
  std::vector<Option> compute = computeOptions();
  options.insert(options.end(), compute.begin(), compute.end());
  return options;
}

ComputeOptions computeOptionsOf(const Arguments& arguments) {
  return {*arguments.text("device"), static_cast<int>(*arguments.integer("threads"))};
}

Result<DataSet> loadData(const Arguments& arguments, Experiment& experiment) {
  if (const auto folder = arguments.text("data"); folder && !folder->empty()) {
    std::error_code problem;
    const fs::path absolute = fs::absolute(*folder, problem);
    experiment.data.path = problem ? *folder : absolute.string();
  }
  return loadDataSet(experiment.data, experiment.training.seed);
}

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
      {"seed", "training.seed"},
      {"epochs", "training.epochs"},
      {"float-epochs", "training.float.epochs"},
      {"method", "quant.method"},
      {"weights", "quant.weight_bits"},
      {"inputs", "quant.activation_bits"},
      {"accumulator", "quant.accumulator_bits"},
  };
  for (const auto& [flag, key] : kFlags) {
    if (const auto value = arguments.text(flag)) {
      overrides.push_back({key, *value, fmt::format("--{}", flag)});
    }
  }
  return overrides;
}

/// A wider activation may need the wider accumulator that is asked for as well, and neither order
/// is right for all: what is refused is tried again after the others.
Result<Experiment> withOverrides(Experiment experiment, const std::vector<Override>& overrides) {
  std::vector<Override> left = lastOfEachKey(overrides);
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

}  // namespace a2q::cli
