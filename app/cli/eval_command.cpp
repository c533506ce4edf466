// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "app/cli/commands.h"
#include "app/cli/engine_options.h"
#include "app/cli/eval_report.h"
#include "app/cli/evaluation_options.h"
#include "app/cli/model_source.h"
#include "app/cli/output.h"
#include "app/cli/signal_stop.h"
#include "app/cli/training_options.h"
#include "core/integer/code_verification.h"
#include "core/integer/integer_evaluation.h"

namespace a2q::cli {
namespace {

/// The data set to evaluate on: the one that was trained on, or another.
Result<DataSet> dataOf(const Arguments& arguments, Experiment& experiment) {
  if (const auto other = arguments.text("on"); other && *other != experiment.data.set) {
    experiment.data.set = *other;
    experiment.data.path.clear();
    experiment.data.train_samples = 0;
    experiment.data.test_samples = 0;
  }
  if (const auto most = arguments.integer("samples")) {
    experiment.data.train_samples = *most;
    experiment.data.test_samples = *most;
  }
  return loadData(arguments, experiment);
}

bool asksForIntegers(const Arguments& arguments) {
  return arguments.has("integer") || arguments.has("engine") || asksForAccumulators(arguments);
}

/// In integers: lowered, and run by the engine.
Status evaluateAsIntegers(const Arguments& arguments, Trainer& trainer, const RunControl& control,
                          const Experiment& experiment, EvalReport& report,
                          IntegerNetwork& network) {
  auto integers = loweredNetwork(trainer, experiment, report.model.parameters);
  if (!integers) return forward(std::move(integers));
  network = std::move(*integers);
  auto engine = makeEngine(arguments, network, computeOptionsOf(arguments).threads);
  if (!engine) return forward(std::move(engine));
  auto result = evaluateIntegers(**engine, network, experiment, report.data, report.part, control);
  if (!result) return forward(std::move(result));
  report.result = std::move(*result);
  report.arithmetic = fmt::format("integers, {}", methodName(report.model.experiment.quant.method));
  if (const auto* reference = dynamic_cast<ReferenceEngine*>(engine->get());
      reference != nullptr && asksForAccumulators(arguments)) {
    report.accumulators = accumulatorText(accumulatorModeOf(arguments));
    report.observations = reference->observations();
    report.network = &network;
  }
  return {};
}

Status evaluateAsTrained(const Arguments& arguments, Trainer& trainer, const RunControl& control,
                         const Experiment& experiment, EvalReport& report) {
  EvalJob job{.experiment = experiment, .parameters = report.model.parameters, .data = report.data};
  job.part = report.part;
  job.weights = arguments.has("float") ? WeightsAs::kFloat : WeightsAs::kTrained;
  job.compute = computeOptionsOf(arguments);
  auto result = trainer.evaluate(job, control);
  if (!result) return forward(std::move(result));
  report.result = std::move(*result);
  const QuantMethod method = report.model.experiment.quant.method;
  const bool is_float = job.weights == WeightsAs::kFloat || method == QuantMethod::kFloat;
  report.arithmetic =
      is_float ? "float weights" : fmt::format("fake-quantized, {}", methodName(method));
  return {};
}

Result<ExitCode> run(const Arguments& arguments) {
  const bool integers = asksForIntegers(arguments);
  if (integers && arguments.has("float")) {
    return fail(ErrorCode::kUsage, "--float has no integers",
                "--integer, --accumulator and --overflow are for quantized weights");
  }
  auto source = modelOf(arguments);
  if (!source) return forward(std::move(source));
  const TrainedModel& model = source->model;
  Experiment experiment = model.experiment;
  auto data = dataOf(arguments, experiment);
  if (!data) return forward(std::move(data));
  auto trainer = openTrainer();
  if (!trainer) return forward(std::move(trainer));
  const SignalStop signals;
  const RunControl control{signals.token(), nullptr};
  EvalReport report{.model = model, .data = *data};
  report.part = partOf(arguments);
  IntegerNetwork network;
  const Status evaluated =
      integers ? evaluateAsIntegers(arguments, **trainer, control, experiment, report, network)
               : evaluateAsTrained(arguments, **trainer, control, experiment, report);
  if (!evaluated) return tl::make_unexpected(evaluated.error());
  if (signals.received() != 0) {
    return signals.exitCode();
  }
  if (arguments.has("json")) {
    printJson(evalJson(report));
  } else {
    printResult(evalText(report));
  }
  return ExitCode::kOk;
}

}  // namespace

Command evalCommand() {
  std::vector<Option> options{
      {.flags = "--on",
       .kind = ValueKind::kText,
       .value = "SET",
       .help = "Another data set, for example set5 for a network trained on bsd300"},
      {.flags = "--float", .help = "The float weights behind the integers, nothing quantized"},
      {.flags = "--integer",
       .help = "The lowered network: integers from the input codes to the scores"},
      {.flags = "--json", .help = "Print one JSON document, schema a2q-eval-1"}};
  const std::vector<Option> shared =
      evaluationOptions("At most so many samples (default: as trained; of another set all)");
  options.insert(options.end(), shared.begin(), shared.end());
  return {.name = "eval",
          .summary = "Accuracy or PSNR of a trained network",
          .long_help =
              "Evaluates a trained network on a part of a data set: accuracy of classes, or the "
              "mean PSNR of enlarged photographs (8-bit values, luminance as trained, a border of "
              "`factor` pixels left out) against bicubic enlargement.\n\n"
              "--integer runs the lowered network: integer codes, dot products and thresholds, no "
              "floating point. --accumulator and --overflow do the same with accumulators of P "
              "bits that wrap around, saturate, or are exact and only counted, product by product: "
              "a network trained with A2Q for that P gives the same result, one that was not shows "
              "what overflow costs. Layers whose accumulator is free stay exact.",
          .options = std::move(options),
          .positionals = {modelPositional()},
          .run = run};
}

}  // namespace a2q::cli
