// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/engine_options.h"
#include "app/cli/evaluation_options.h"
#include "app/cli/model_source.h"
#include "app/cli/output.h"
#include "app/cli/signal_stop.h"
#include "app/cli/training_options.h"
#include "core/base/text_table.h"
#include "core/integer/code_verification.h"
#include "core/training/data_fit.h"

namespace a2q::cli {
namespace {

std::string verifyText(const TrainedModel& model, const Verification& result) {
  TextRows rows{
      {"layer", "codes compared", "mismatches", "float rounds otherwise", "farthest from a tie"}};
  for (const LayerAgreement& layer : result.layers) {
    const bool differs = layer.float_differences > 0;
    rows.push_back({layer.layer, std::to_string(layer.codes), std::to_string(layer.mismatches),
                    std::to_string(layer.float_differences),
                    differs ? fmt::format("{:.1e}", layer.farthest_from_tie) : "–"});
  }
  std::string out = tableText(rows, {0, 1, 2, 3, 4}, {0});
  out +=
      "codes compared: of the integer network with the fake-quantized one, evaluated in double "
      "precision with exact sums;\nfloat rounds otherwise: codes that training's single "
      "precision rounds the other way, and how far from a tie, in codes.\n\n";
  if (result.undecided > 0) {
    out += fmt::format("{} results are ties within the rounding of the last layer's multipliers.\n",
                       result.undecided);
  }
  if (result.first) out += mismatchText(*result.first) + '\n';
  return out + fmt::format("{}: {} and its integers {} on {} samples [exact].\n",
                           result.holds() ? "Verified" : "Not verified",
                           model.experiment.network.name,
                           result.holds() ? "agree in every code" : "differ", result.samples);
}

nlohmann::ordered_json verifyJson(const TrainedModel& model, const Verification& result) {
  nlohmann::ordered_json out;
  out["schema"] = "a2q-verify-1";
  out["network"] = model.experiment.network.name;
  out["file"] = model.path.string();
  out["verified"] = result.holds();
  out["samples"] = result.samples;
  out["undecided"] = result.undecided;
  for (const LayerAgreement& layer : result.layers) {
    out["layers"].push_back({{"layer", layer.layer},
                             {"codes", layer.codes},
                             {"mismatches", layer.mismatches},
                             {"float_differences", layer.float_differences},
                             {"farthest_from_tie", jsonNumber(layer.farthest_from_tie)}});
  }
  if (result.first) {
    const CodeMismatch& first = *result.first;
    out["first_mismatch"] = {{"layer", first.layer},
                             {"sample", first.sample},
                             {"channel", first.channel},
                             {"y", first.y},
                             {"x", first.x},
                             {"trained", first.trained},
                             {"integer", first.integer}};
  }
  return out;
}

Result<Verification> verify(const Arguments& arguments, const VerifyJob& job,
                            const RunControl& control) {
  auto trainer = openTrainer();
  if (!trainer) return forward(std::move(trainer));
  const auto engine = [&](const IntegerNetwork& network) {
    return makeEngine(arguments, network, job.compute.threads);
  };
  return verifyCodes(**trainer, job, engine, control);
}

Result<ExitCode> run(const Arguments& arguments) {
  auto source = modelOf(arguments);
  if (!source) return forward(std::move(source));
  const TrainedModel& model = source->model;
  Experiment experiment = model.experiment;
  experiment.data.train_samples = 0;
  experiment.data.test_samples = 0;
  auto data = loadData(arguments, experiment);
  if (!data) return forward(std::move(data));
  const DataPart part = partOf(arguments);
  auto graph = inferShapes(experiment.network);
  if (!graph) return forward(std::move(graph));
  auto fits = checkFit(experiment.network, *graph, *data, part);
  if (!fits) return forward(std::move(fits));
  const SignalStop signals;
  const VerifyJob job{.experiment = model.experiment,
                      .parameters = model.parameters,
                      .data = *data,
                      .part = part,
                      .samples = arguments.integer("samples").value_or(usualSamples(*data, part)),
                      .compute = computeOptionsOf(arguments)};
  auto result = verify(arguments, job, {signals.token(), nullptr});
  if (!result) return forward(std::move(result));
  if (arguments.has("json")) {
    printJson(verifyJson(model, *result));
  } else {
    printResult(verifyText(model, *result));
  }
  if (signals.received() != 0) {
    return signals.exitCode();
  }
  return result->holds() ? ExitCode::kOk : ExitCode::kCheckFailed;
}

}  // namespace

Command verifyCommand() {
  std::vector<Option> options = evaluationOptions(
      "At most so many samples (default: all images; 1000 patches of photographs)");
  options.push_back({.flags = "--json", .help = "Print one JSON document, schema a2q-verify-1"});
  return {.name = "verify",
          .summary = "Compare the integers of a network with the trained one, code for code",
          .long_help =
              "Lowers a trained network to integers (dot products, thresholds, integer pools and "
              "sums) and runs both on real data: at every activation and at the result each code "
              "must be equal. The trained network is evaluated fake-quantized in double precision, "
              "with exact sums; what training's single precision rounds otherwise is counted, with "
              "its distance from a tie. Exits with 1 and names the first mismatch (layer, channel, "
              "position, both values) when one differs.\n\n"
              "With --accumulator and --overflow the integers run with accumulators of P bits: a "
              "certified network still agrees, another shows where it breaks.",
          .options = std::move(options),
          .positionals = {modelPositional()},
          .run = run};
}

}  // namespace a2q::cli
