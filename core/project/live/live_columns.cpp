// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/live/live_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>

#include "core/network/graph.h"
#include "core/network/quant_plan.h"
#include "core/project/stored/number_table.h"
#include "core/project/stored/run_objects.h"

namespace a2q {
namespace {

constexpr double kAbsent = std::numeric_limits<double>::quiet_NaN();
/// Beyond it a double holds no odd numbers.
constexpr double kMostWhole = 9007199254740992;

enum Column {
  kMainPhase,
  kEpoch,
  kEpochs,
  kBatch,
  kBatches,
  kStep,
  kIsPsnr,
  kLoss,
  kScore,
  kBatchLoss,
  kBatchScore,
  kLearningRate,
  kPenalty,
  kMargin,
  kSparsity,
  kSeconds,
  kSecondsLeft,
  kCount,
};

constexpr std::array<std::string_view, kCount> kNames = {"main_phase",  "epoch",
                                                         "epochs",      "batch",
                                                         "batches",     "step",
                                                         "is_psnr",     "loss",
                                                         "score",       "batch_loss",
                                                         "batch_score", "learning_rate",
                                                         "penalty",     "worst_margin_bits",
                                                         "sparsity",    "seconds",
                                                         "seconds_left"};

constexpr std::size_t kColumnsOfLayer = 2;

std::optional<double> present(double value) {
  return std::isnan(value) ? std::nullopt : std::optional(value);
}

bool isWhole(double value) {
  return value >= 0 && value <= kMostWhole && value == std::floor(value);
}

std::int64_t whole(double value) { return static_cast<std::int64_t>(value); }

bool tellsOfStep(std::span<const double> row) {
  const bool counted = std::all_of(row.begin(), row.begin() + kLoss, isWhole) &&
                       row[kMainPhase] <= 1 && row[kIsPsnr] <= 1 && row[kBatch] <= row[kBatches];
  return counted && std::all_of(row.begin() + kCount, row.end(),
                                [](double value) { return std::isnan(value) || isWhole(value); });
}

std::vector<LayerScalars> layersIn(std::span<const double> values) {
  std::vector<LayerScalars> layers;
  // A float phase has no integers to tell of.
  if (values.empty() || std::ranges::any_of(values, [](double v) { return std::isnan(v); })) {
    return layers;
  }
  layers.reserve(values.size() / kColumnsOfLayer);
  for (std::size_t at = 0; at < values.size(); at += kColumnsOfLayer) {
    layers.push_back({whole(values[at]), whole(values[at + 1])});
  }
  return layers;
}

StepReport stepOf(std::span<const double> row) {
  return {row[kMainPhase] == 0 ? TrainPhase::kFloat : TrainPhase::kMain,
          whole(row[kEpoch]),
          whole(row[kEpochs]),
          whole(row[kBatch]),
          whole(row[kBatches]),
          whole(row[kStep]),
          row[kIsPsnr] == 0 ? Metric::kAccuracy : Metric::kPsnr,
          row[kLoss],
          row[kScore],
          row[kBatchLoss],
          row[kBatchScore],
          row[kLearningRate],
          row[kPenalty],
          present(row[kMargin]),
          present(row[kSparsity]),
          layersIn(row.subspan(kCount)),
          row[kSeconds],
          present(row[kSecondsLeft])};
}

}  // namespace

Result<std::vector<LiveLayer>> liveLayersOf(const Experiment& experiment) {
  const auto graph = inferShapes(experiment.network);
  if (!graph) return tl::make_unexpected(graph.error());
  const auto plan = planQuantization(experiment.network, *graph, experiment.quant);
  if (!plan) return tl::make_unexpected(plan.error());
  std::vector<LiveLayer> layers;
  layers.reserve(plan->weights.size());
  for (const WeightPlan& weights : plan->weights) {
    if (weights.method == QuantMethod::kFloat) continue;
    LiveLayer layer;
    layer.layer = experiment.network.layers[graph->nodes[weights.node].layer].name;
    if (weights.rule && weights.accumulator) {
      const L1Budget budget = l1Budget(*weights.rule, *weights.accumulator, weights.input_format);
      constexpr Int128 kMost = std::numeric_limits<std::int64_t>::max();
      layer.budget = static_cast<std::int64_t>(std::min(budget.floor(), kMost));
    }
    layer.l1.resize(static_cast<std::size_t>(weights.channels));
    layers.push_back(std::move(layer));
  }
  return layers;
}

std::vector<std::string> stepColumns(const std::vector<LiveLayer>& layers) {
  std::vector<std::string> columns(kNames.begin(), kNames.end());
  columns.reserve(kCount + kColumnsOfLayer * layers.size());
  for (const LiveLayer& layer : layers) {
    columns.push_back(layer.layer + ".largest_l1");
    columns.push_back(layer.layer + ".zeros");
  }
  return columns;
}

void addStepRow(std::vector<double>& rows, const StepReport& report, std::size_t layers) {
  const std::array<double, kCount> common = {report.phase == TrainPhase::kFloat ? 0.0 : 1.0,
                                             static_cast<double>(report.epoch),
                                             static_cast<double>(report.epochs),
                                             static_cast<double>(report.batch),
                                             static_cast<double>(report.batches),
                                             static_cast<double>(report.step),
                                             report.metric == Metric::kAccuracy ? 0.0 : 1.0,
                                             report.loss,
                                             report.score,
                                             report.batch_loss,
                                             report.batch_score,
                                             report.learning_rate,
                                             report.penalty,
                                             report.worst_margin_bits.value_or(kAbsent),
                                             report.sparsity.value_or(kAbsent),
                                             report.seconds,
                                             report.seconds_left.value_or(kAbsent)};
  rows.insert(rows.end(), common.begin(), common.end());
  for (std::size_t i = 0; i < layers; ++i) {
    const bool told = i < report.layers.size();
    rows.push_back(told ? static_cast<double>(report.layers[i].largest_l1) : kAbsent);
    rows.push_back(told ? static_cast<double>(report.layers[i].zeros) : kAbsent);
  }
}

Result<std::vector<StepReport>> stepsOf(std::span<const double> rows, std::size_t layers) {
  const std::size_t columns = kCount + kColumnsOfLayer * layers;
  std::vector<StepReport> steps;
  steps.reserve(rows.size() / columns);
  for (std::size_t at = 0; at + columns <= rows.size(); at += columns) {
    const auto row = rows.subspan(at, columns);
    if (!tellsOfStep(row)) {
      return fail(ErrorCode::kFileFormat, "the live file of the training is damaged",
                  fmt::format("its row {} tells of no step", at / columns));
    }
    steps.push_back(stepOf(row));
  }
  return steps;
}

const std::vector<std::string>& epochColumns() {
  static const std::vector<std::string> columns =
      textsOf(epochTable({}).attributes.find(kColumns)->second).value();
  return columns;
}

std::vector<double> epochRows(const std::vector<EpochRecord>& epochs) {
  return realsOf(epochTable(epochs).value).value();
}

Result<std::vector<EpochRecord>> epochsOf(std::span<const double> rows) {
  return epochsOf(numberTable(rows, epochColumns()));
}

}  // namespace a2q
