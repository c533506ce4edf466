// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/info_report.h"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "app/cli/output.h"
#include "core/base/text_table.h"
#include "core/network/parameter_count.h"
#include "core/network/quant_plan.h"

namespace a2q::cli {
namespace {

using nlohmann::ordered_json;

/// A network with everything that follows from its specification.
struct Planned {
  const Experiment& experiment;
  NetworkGraph graph;
  QuantPlan plan;

  [[nodiscard]] const LayerSpec& layer(std::size_t node) const {
    return experiment.network.layers[graph.nodes[node].layer];
  }
  /// The plan of the weights at that node; null for a layer without.
  [[nodiscard]] const WeightPlan* weights(std::size_t node) const {
    for (const WeightPlan& one : plan.weights) {
      if (one.node == node) return &one;
    }
    return nullptr;
  }
};

Result<Planned> planned(const Experiment& experiment) {
  auto graph = inferShapes(experiment.network);
  if (!graph) return forward(std::move(graph));
  auto plan = planQuantization(experiment.network, *graph, experiment.quant);
  if (!plan) return forward(std::move(plan));
  return Planned{experiment, std::move(*graph), std::move(*plan)};
}

std::vector<std::string> layerRow(const Planned& network, std::size_t node) {
  const LayerSpec& layer = network.layer(node);
  std::vector<std::string> row{layer.name, std::string(kindName(layer.kind)),
                               toString(network.graph.nodes[node].output)};
  const WeightPlan* weights = network.weights(node);
  constexpr std::size_t kColumns = 10;
  if (weights == nullptr) {
    row.resize(kColumns);
    return row;
  }
  row.push_back(fmt::format("{}", weights->channels * weights->k));
  row.emplace_back(methodName(weights->method));
  row.push_back(fmt::format("{}", weights->k));
  if (weights->method == QuantMethod::kFloat) {
    row.resize(kColumns);
    return row;
  }
  row.push_back(fmt::format("{}", weights->weight_bits.bits));
  row.push_back(fmt::format("{}{}", weights->input_format.width.bits,
                            weights->input_format.isSigned() ? "s" : "u"));
  row.push_back(weights->accumulator ? fmt::format("{}", weights->accumulator->bits) : "free");
  const bool budget = weights->rule && weights->accumulator;
  row.push_back(
      budget
          ? toString(l1Budget(*weights->rule, *weights->accumulator, weights->input_format).floor())
          : "–");
  return row;
}

std::string recipeText(const Experiment& experiment) {
  const TrainSpec& training = experiment.training;
  const DataSpec& data = experiment.data;
  std::string out = fmt::format(
      "Training: {} epochs, batch {}, {} at {:g}, weight decay {:g}, λ {:g}, seed {}.\n",
      training.epochs, training.batch_size,
      training.optimizer == OptimizerKind::kAdam ? "Adam" : "SGD", training.learning_rate,
      training.weight_decay, training.penalty, training.seed);
  if (training.float_phase.epochs > 0) {
    out += fmt::format("Before that {} epochs in float.\n", training.float_phase.epochs);
  }
  out += fmt::format("Data: {}{}{}{}{}.\n", data.set, data.path.empty() ? "" : " in " + data.path,
                     data.augment.pad > 0 ? fmt::format(", pad and crop {}", data.augment.pad) : "",
                     data.augment.flip ? ", flip" : "", data.augment.turn ? ", turn" : "");
  return out;
}

}  // namespace

Result<std::string> experimentText(const Experiment& experiment) {
  auto network = planned(experiment);
  if (!network) return forward(std::move(network));
  TextRows rows{{"layer", "kind", "output", "weights", "method", "K", "M", "N", "P", "budget"}};
  for (std::size_t node = 0; node < network->graph.nodes.size(); ++node) {
    rows.push_back(layerRow(*network, node));
  }
  std::string out = fmt::format("{}: {} layers, {} parameters, method {}\n\n",
                                experiment.network.name, experiment.network.layers.size(),
                                parameterCount(experiment.network, network->graph),
                                methodName(experiment.quant.method));
  out += tableText(rows, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {0, 1, 2, 4});
  out +=
      "K dot-product length, M weight bits, N input bits (u unsigned, s signed), P accumulator "
      "bits; "
      "\nbudget: largest ‖q‖₁ that P allows [bound].\n\n";
  return out + recipeText(experiment);
}

Result<ordered_json> experimentJson(const Experiment& experiment) {
  auto network = planned(experiment);
  if (!network) return forward(std::move(network));
  ordered_json out;
  out["network"] = experiment.network.name;
  out["method"] = methodName(experiment.quant.method);
  out["parameters"] = parameterCount(experiment.network, network->graph);
  for (std::size_t node = 0; node < network->graph.nodes.size(); ++node) {
    const Shape& shape = network->graph.nodes[node].output;
    ordered_json row{{"layer", network->layer(node).name},
                     {"kind", kindName(network->layer(node).kind)},
                     {"output", {shape.channels, shape.height, shape.width}}};
    if (const WeightPlan* weights = network->weights(node); weights != nullptr) {
      row["method"] = methodName(weights->method);
      row["weights"] = weights->channels * weights->k;
      row["K"] = weights->k;
      row["M"] = weights->weight_bits.bits;
      row["N"] = weights->input_format.width.bits;
      row["inputs_signed"] = weights->input_format.isSigned();
      row["P"] = weights->accumulator ? ordered_json(weights->accumulator->bits) : ordered_json();
    }
    out["layers"].push_back(row);
  }
  out["specification"] = writeExperiment(experiment);
  return out;
}

std::string progressText(const Checkpoint& checkpoint) {
  const TrainPosition& position = checkpoint.position;
  const bool floating = position.phase == TrainPhase::kFloat;
  const std::int64_t epochs = floating ? checkpoint.experiment.training.float_phase.epochs
                                       : checkpoint.experiment.training.epochs;
  const bool complete = !floating && position.epoch > epochs;
  std::string out =
      complete ? fmt::format("Checkpoint: all {} epochs are trained", epochs)
               : fmt::format("Checkpoint: next is batch {} of {} of {}", position.batch + 1,
                             epochName(position.phase, position.epoch), epochs);
  out += fmt::format("; {} steps in {:.0f} s of training.\n", checkpoint.steps.rows(),
                     checkpoint.seconds);
  if (checkpoint.epochs.empty()) return out;
  const EpochRecord& last = checkpoint.epochs.back();
  const std::string_view metric = metricName(last.metric);
  out += fmt::format("Last test {}: {}.", metric, scoreText(last.metric, last.test_score));
  if (const EpochRecord* best = bestEpoch(checkpoint.epochs); best != nullptr) {
    out += fmt::format(" Best: {} after epoch {}.", scoreText(best->metric, best->test_score),
                       best->epoch);
  }
  return out + "\n";
}

ordered_json progressJson(const Checkpoint& checkpoint) {
  ordered_json out{{"phase", phaseName(checkpoint.position.phase)},
                   {"epoch", checkpoint.position.epoch},
                   {"batch", checkpoint.position.batch},
                   {"steps", checkpoint.steps.rows()},
                   {"seconds", jsonNumber(checkpoint.seconds)}};
  if (checkpoint.epochs.empty()) return out;
  const EpochRecord& last = checkpoint.epochs.back();
  const std::string score = fmt::format("test_{}", metricKey(last.metric));
  out["last_" + score] = jsonNumber(last.test_score);
  if (const EpochRecord* best = bestEpoch(checkpoint.epochs); best != nullptr) {
    out["best_" + score] = jsonNumber(best->test_score);
    out["best_epoch"] = best->epoch;
  }
  return out;
}

}  // namespace a2q::cli
