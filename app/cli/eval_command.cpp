// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/signal_stop.h"
#include "app/cli/training_options.h"
#include "core/data/psnr.h"
#include "core/training/checkpoint.h"

namespace a2q::cli {
namespace {

/// What was asked, in words and for the report.
struct Question {
  const TrainedModel& model;
  const DataSet& data;
  bool train_part;
  bool as_float;
  std::string accumulator;  ///< "wrap at 12 bits"; empty: as trained
};

const PhotoSet& photosOf(const Question& question) {
  return question.train_part ? question.data.train_photos : question.data.test_photos;
}

std::string weightsText(const Question& question) {
  const QuantMethod method = question.model.experiment.quant.method;
  if (question.as_float || method == QuantMethod::kFloat) return "float weights";
  return fmt::format("fake-quantized, {}", methodName(method));
}

std::string evalText(const Question& question, const EvalResult& result) {
  std::string out = fmt::format("{} {} {} on {} {} samples of {} [measured, {}{}{}].\n",
                                question.model.experiment.network.name, metricName(result.metric),
                                scoreText(result.metric, result.score), result.samples,
                                question.train_part ? "training" : "test", question.data.name,
                                weightsText(question), question.accumulator.empty() ? "" : ", ",
                                question.accumulator);
  if (!question.accumulator.empty()) {
    out += fmt::format("{} sums overflowed [exact integers].\n", result.overflows);
  }
  if (result.metric == Metric::kPsnr) {
    const double baseline = bicubicPsnr(photosOf(question));
    out += fmt::format("Bicubic enlargement reaches {:.2f} dB: {:+.2f} dB [measured].\n", baseline,
                       result.score - baseline);
    constexpr std::size_t kFew = 20;
    const PhotoSet& photos = photosOf(question);
    for (std::size_t i = 0; i < result.photo_scores.size() && photos.pairs.size() <= kFew; ++i) {
      out += fmt::format("  {:<24} {:.2f} dB\n", photos.pairs[i].name, result.photo_scores[i]);
    }
  }
  out += fmt::format("Loss {:.4f}; {:.1f} s; {} from {}.\n", result.loss, result.seconds,
                     question.model.path.string(), question.data.source);
  return out;
}

nlohmann::ordered_json evalJson(const Question& question, const EvalResult& result) {
  nlohmann::ordered_json out;
  out["schema"] = "a2q-eval-1";
  out["network"] = question.model.experiment.network.name;
  out["method"] = methodName(question.model.experiment.quant.method);
  out["weights"] = question.as_float ? "float" : "trained";
  out["file"] = question.model.path.string();
  out["data"] = question.data.name;
  out["part"] = question.train_part ? "train" : "test";
  out["samples"] = result.samples;
  out["loss"] = jsonNumber(result.loss);
  out[result.metric == Metric::kAccuracy ? "accuracy" : "psnr_db"] = jsonNumber(result.score);
  if (!question.accumulator.empty()) {
    out["accumulator"] = question.accumulator;
    out["overflows"] = result.overflows;
  }
  if (result.metric == Metric::kPsnr) {
    out["bicubic_psnr_db"] = jsonNumber(bicubicPsnr(photosOf(question)));
    for (std::size_t i = 0; i < result.photo_scores.size(); ++i) {
      out["photos"].push_back({{"name", photosOf(question).pairs[i].name},
                               {"psnr_db", jsonNumber(result.photo_scores[i])}});
    }
  }
  out["seconds"] = jsonNumber(result.seconds);
  return out;
}

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

Result<Overflow> overflowOf(const Arguments& arguments) {
  if (!arguments.has("overflow") && !arguments.has("accumulator")) return Overflow::kExact;
  if (arguments.has("float")) {
    return fail(ErrorCode::kUsage, "--float has no accumulators of integers",
                "--accumulator and --overflow are for quantized weights");
  }
  return Overflow::kWrap;
}

Result<ExitCode> run(const Arguments& arguments) {
  auto overflow = overflowOf(arguments);
  if (!overflow) return forward(std::move(overflow));
  auto model = readTrainedModel(*arguments.text("model"));
  if (!model) return forward(std::move(model));
  Experiment experiment = model->experiment;
  auto data = dataOf(arguments, experiment);
  if (!data) return forward(std::move(data));
  auto trainer = openTrainer();
  if (!trainer) return forward(std::move(trainer));
  EvalJob job{.experiment = experiment, .parameters = model->parameters, .data = *data};
  job.train_part = arguments.text("split") == "train";
  job.weights = arguments.has("float") ? WeightsAs::kFloat : WeightsAs::kTrained;
  job.overflow = *overflow;
  if (const auto bits = arguments.integer("accumulator")) {
    job.accumulator = BitWidth{static_cast<int>(*bits)};
  }
  job.compute = computeOptionsOf(arguments);
  const SignalStop signals;
  auto result = (*trainer)->evaluate(job, {signals.token(), nullptr});
  if (!result) return forward(std::move(result));
  if (signals.received() != 0) {
    return signals.received() == SIGINT ? ExitCode::kInterrupted : ExitCode::kTerminated;
  }
  Question question{*model, *data, job.train_part, job.weights == WeightsAs::kFloat, {}};
  if (*overflow != Overflow::kExact) {
    question.accumulator = fmt::format(
        "accumulators wrap around at {}",
        job.accumulator ? fmt::format("{} bits", job.accumulator->bits) : "their P bits");
  }
  if (arguments.has("json")) {
    printJson(evalJson(question, *result));
  } else {
    printResult(evalText(question, *result));
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
      {.flags = "--split",
       .kind = ValueKind::kText,
       .value = "PART",
       .help = "Part of the data set",
       .default_value = "test",
       .choices = {"train", "test"}},
      {.flags = "--samples",
       .kind = ValueKind::kInteger,
       .value = "N",
       .help = "At most so many samples (default: as trained; of another set all)",
       .lowest = 1},
      {.flags = "--float", .help = "The float weights behind the integers, nothing quantized"},
      {.flags = "--accumulator",
       .kind = ValueKind::kInteger,
       .value = "P",
       .help = "Accumulators of P bits in the hidden layers, instead of those trained for",
       .lowest = 2,
       .highest = 53},
      {.flags = "--overflow",
       .kind = ValueKind::kText,
       .value = "KIND",
       .help = "What a too narrow accumulator does; --accumulator implies it",
       .choices = {"wrap"}},
      {.flags = "--json", .help = "Print one JSON document, schema a2q-eval-1"}};
  const std::vector<Option> compute = computeOptions();
  options.insert(options.end(), compute.begin(), compute.end());
  return {.name = "eval",
          .summary = "Accuracy or PSNR of a trained network",
          .long_help =
              "Evaluates a trained network on a part of a data set: accuracy of classes, or the "
              "mean PSNR of enlarged photographs (8-bit values, luminance as trained, a border of "
              "`factor` pixels left out) against bicubic enlargement.\n\n"
              "--overflow simulates accumulators of P bits in exact integer arithmetic: a network "
              "trained with A2Q for that P gives the same result, one that was not shows what "
              "overflow costs. Layers whose accumulator is free stay exact.",
          .options = std::move(options),
          .positionals = {{.name = "model",
                           .help = "Folder of a run, or one of its safetensors files",
                           .kind = ValueKind::kPath}},
          .run = run};
}

}  // namespace a2q::cli
