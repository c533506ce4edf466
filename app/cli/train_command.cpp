// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <cctype>
#include <chrono>
#include <ctime>
#include <fstream>
#include <utility>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/model_source.h"
#include "app/cli/output.h"
#include "app/cli/recovery_hint.h"
#include "app/cli/run_place.h"
#include "app/cli/training_options.h"
#include "app/cli/training_session.h"
#include "core/network/graph.h"
#include "core/network/sample_experiment.h"
#include "core/training/checkpoint.h"
#include "core/training/result_folder.h"
#include "core/training/tensor_file.h"
#include "core/training/weight_import.h"

namespace a2q::cli {
namespace {

namespace fs = std::filesystem;

/// What is trained: a specification, or that of a project, which then gets the run.
struct Subject {
  Experiment experiment;
  std::optional<ProjectFile> project;
};

Result<Subject> projectAt(const std::string& path, ProjectAccess access) {
  auto file = ProjectFile::open(path, access);
  if (!file) return forward(std::move(file));
  tellOfRecoveries(path);
  auto experiment = a2q::experimentOf(file->saved());
  if (!experiment) return forward(std::move(experiment));
  return Subject{std::move(*experiment), std::move(*file)};
}

Result<Subject> subjectOf(const Arguments& arguments, const std::vector<Override>& overrides) {
  const auto path = arguments.text("spec");
  const auto read = [&]() -> Result<Subject> {
    if (path && isProjectPath(*path)) {
      const bool trains = !arguments.has("print-config");
      return projectAt(*path, trains ? ProjectAccess::kWrite : ProjectAccess::kReadOnly);
    }
    auto experiment = path ? readExperiment(*path)
                           : parseExperiment(sampleSpecification(), "the built-in sample");
    if (!experiment) return forward(std::move(experiment));
    return Subject{std::move(*experiment), std::nullopt};
  };
  auto subject = read();
  if (!subject) return subject;
  auto changed = withOverrides(std::move(subject->experiment), overrides);
  if (!changed) return forward(std::move(changed));
  subject->experiment = std::move(*changed);
  return subject;
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

/// The tensors of a file: of a run of this program, of safetensors, or of PyTorch.
Result<std::vector<NamedTensor>> tensorsOf(const fs::path& path,
                                           const std::optional<std::string>& run) {
  auto own = modelAt(path, run);
  if (own) return std::move(own->model.parameters);
  if (run || isProjectPath(path)) return forward(std::move(own));
  std::ifstream file(path, std::ios::binary);
  char start[2] = {};
  file.read(start, sizeof start);
  if (start[0] == 'P' && start[1] == 'K') {  // a zip archive: torch.save
    auto trainer = openTrainer();
    if (!trainer) return forward(std::move(trainer));
    return (*trainer)->readStateDict(path);
  }
  auto read = readTensorFile(path);
  if (!read) return forward(std::move(read));
  return std::move(read->tensors);
}

/// Float weights of --from that fit the network; tells what matched.
Result<std::vector<NamedTensor>> importedWeights(const Arguments& arguments,
                                                 const Experiment& experiment) {
  const auto path = arguments.text("from");
  if (!path && arguments.has("from-run")) {
    return fail(ErrorCode::kUsage, "--from-run names a run of nothing", {},
                "Name the project with --from.");
  }
  if (!path) return std::vector<NamedTensor>();
  auto tensors = tensorsOf(*path, arguments.text("from-run"));
  if (!tensors) return tensors;
  auto graph = inferShapes(experiment.network);
  if (!graph) return forward(std::move(graph));
  auto weights = importWeights(*tensors, experiment.network, *graph);
  if (!weights) return forward(std::move(weights));
  if (!arguments.has("quiet")) printDiagnostic(importText(*weights));
  return std::move(weights->parameters);
}

Result<ExitCode> trainIntoFolder(const Arguments& arguments, const Experiment& experiment,
                                 const DataSet& data, const TrainingStart& start) {
  const fs::path folder = arguments.text("output").value_or(defaultFolder(experiment).string());
  const Overwrite overwrite = arguments.has("force") ? Overwrite::kAllow : Overwrite::kRefuse;
  const bool existed = fs::exists(fs::symlink_status(folder));
  if (auto ready = prepareResultFolder(folder, overwrite); !ready) {
    return forward(std::move(ready));
  }
  auto ended = trainInto(*folderPlace(folder), arguments, experiment, data, start);
  std::error_code ignored;
  if (!ended && !existed) fs::remove(folder, ignored);  // made above; goes only while still empty
  return ended;
}

Result<ExitCode> run(const Arguments& arguments) {
  auto overrides = overridesOf(arguments);
  if (!overrides) return forward(std::move(overrides));
  auto subject = subjectOf(arguments, *overrides);
  if (!subject) return forward(std::move(subject));
  Experiment& experiment = subject->experiment;
  if (arguments.has("print-config")) {
    printConfiguration(arguments, experiment, *overrides);
    return ExitCode::kOk;
  }
  if (subject->project && arguments.has("output")) {
    return fail(ErrorCode::kUsage, "--output does not go with a project",
                "the run is added to the project", "Leave it out, or name a specification.");
  }
  auto weights = importedWeights(arguments, experiment);
  if (!weights) return forward(std::move(weights));
  auto data = loadData(arguments, experiment);
  if (!data) return forward(std::move(data));
  const TrainingStart start{weights->empty() ? nullptr : &*weights, nullptr};
  if (!subject->project) return trainIntoFolder(arguments, experiment, *data, start);
  const std::size_t next = subject->project->saved().runs.size();
  const auto place = projectPlace(std::move(*subject->project), next);
  return trainInto(*place, arguments, experiment, *data, start);
}

}  // namespace

Command trainCommand() {
  std::vector<Option> options{
      {.flags = "-o,--output",
       .kind = ValueKind::kPath,
       .value = "DIR",
       .help = "Folder for the results (default: results/<network>-<date>-<time>)"},
      {.flags = "--force", .help = "Write into a folder that already holds something"},
      {.flags = "--from",
       .kind = ValueKind::kPath,
       .value = "FILE",
       .help = "Start from float weights: a project, a run, safetensors, or a state dictionary of "
               "torch.save"},
      {.flags = "--from-run",
       .kind = ValueKind::kText,
       .value = "NAME",
       .help = "The run, where --from is a project (default: the last that finished)"},
      {.flags = "--float-epochs",
       .kind = ValueKind::kInteger,
       .value = "N",
       .help = "Train so many epochs in float first, then quantize and fine-tune",
       .lowest = 0},
      {.flags = "--seed",
       .kind = ValueKind::kInteger,
       .value = "N",
       .help = "Seed of weights, order and generated data",
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
      {.flags = "--print-config", .help = "Print the settings and where they come from, and end"}};
  const std::vector<Option> shared = trainingOptions();
  options.insert(options.end(), shared.begin(), shared.end());
  return {
      .name = "train",
      .summary = "Train a network and certify its accumulators",
      .long_help =
          "Trains the network of a specification (without one: the built-in sample, a small LeNet "
          "on generated digits) and ends with a table per layer and a verdict in exact integer "
          "arithmetic.\n\n"
          "A project (.a2q) is trained by its specification and gets the run; 'a2q runs' lists "
          "them.\n\n"
          "From scratch, or from float weights (--from, --float-epochs): then scales, batch-norm "
          "statistics and biases are measured on the quantized network, the weights are projected "
          "on their budgets, and training goes on from there.\n\n"
          "The result folder holds spec.toml (repeats the run), metrics.csv, metrics.json, "
          "steps.csv, certificate.json, weights.safetensors and two checkpoints. The first Ctrl-C "
          "stops at the next batch with a checkpoint, from which 'a2q resume' goes on; the second "
          "aborts.\n\n"
          "Exit code 1 means that an accumulator with a target P can overflow, as those of QAT "
          "may.\n\n"
          "With the same --seed, machine and --threads a run on the CPU repeats bit by bit.",
      .options = std::move(options),
      .positionals = {{.name = "spec",
                       .help = "Specification in TOML, or a project",
                       .need = Need::kOptional,
                       .kind = ValueKind::kPath}},
      .run = run};
}

}  // namespace a2q::cli
