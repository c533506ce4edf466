// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/project/stored/number_table.h"
#include "core/project/stored/run_objects.h"

namespace a2q {
namespace {

constexpr double kAbsent = std::numeric_limits<double>::quiet_NaN();
/// Beyond it a double holds no odd numbers.
constexpr double kMostEpoch = 9007199254740992;

enum Column {
  kPhase,
  kEpoch,
  kMetric,
  kTrainLoss,
  kTrainScore,
  kTestLoss,
  kTestScore,
  kLearningRate,
  kPenalty,
  kMargin,
  kSparsity,
  kSeconds,
  kCount,
};

const std::vector<std::string>& columnNames() {
  static const std::vector<std::string> names = {
      "phase",      "epoch",         "metric",  "train_loss",        "train_score", "test_loss",
      "test_score", "learning_rate", "penalty", "worst_margin_bits", "sparsity",    "seconds"};
  return names;
}

/// What the numbers in the columns "phase" and "metric" stand for, in this order.
const std::vector<std::string>& phaseWords() {
  static const std::vector<std::string> words = {std::string(phaseName(TrainPhase::kFloat)),
                                                 std::string(phaseName(TrainPhase::kMain))};
  return words;
}

const std::vector<std::string>& metricWords() {
  static const std::vector<std::string> words = {std::string(metricKey(Metric::kAccuracy)),
                                                 std::string(metricKey(Metric::kPsnr))};
  return words;
}

std::optional<double> present(double value) {
  return std::isnan(value) ? std::nullopt : std::optional(value);
}

void addRow(std::vector<double>& values, const EpochRecord& epoch) {
  values.insert(
      values.end(),
      {epoch.phase == TrainPhase::kFloat ? 0.0 : 1.0, static_cast<double>(epoch.epoch),
       epoch.metric == Metric::kAccuracy ? 0.0 : 1.0, epoch.train_loss, epoch.train_score,
       epoch.test_loss, epoch.test_score, epoch.learning_rate, epoch.penalty,
       epoch.worst_margin_bits.value_or(kAbsent), epoch.sparsity.value_or(kAbsent), epoch.seconds});
}

bool isChoice(double value) { return value == 0 || value == 1; }

bool isEpoch(double value) {
  return value >= 0 && value <= kMostEpoch && value == std::floor(value);
}

}  // namespace

DataArray epochTable(const std::vector<EpochRecord>& epochs) {
  std::vector<double> values;
  values.reserve(epochs.size() * kCount);
  for (const EpochRecord& epoch : epochs) addRow(values, epoch);
  DataArray table = numberTable(values, columnNames());
  table.attributes["phases"] = textsValue(phaseWords());
  table.attributes["metrics"] = textsValue(metricWords());
  return table;
}

Result<std::vector<EpochRecord>> epochsOf(const DataArray& table) {
  const std::string name = "epochs";
  const DataTree tree{{}, {{name, table}}, {}, {}};
  std::optional<Error> error;
  ObjectReader reader(tree, {}, error);
  const DataArray* sound = reader.array(name);
  if (sound == nullptr) return tl::make_unexpected(std::move(*error));
  const auto columns = columnsOf(*sound, name, reader);
  const auto at = findColumns(columns, columnNames(), name, reader);
  const auto values = realsOf(sound->value);
  if (!values) reader.wrong(name, "its elements are no 64-bit real numbers");
  if (error) return tl::make_unexpected(std::move(*error));
  const std::size_t rows = values->size() / columns.size();
  std::vector<EpochRecord> epochs;
  epochs.reserve(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    const auto row = std::span(*values).subspan(i * columns.size(), columns.size());
    const auto value = [&](Column column) { return row[at[column]]; };
    if (!isChoice(value(kPhase)) || !isChoice(value(kMetric)) || !isEpoch(value(kEpoch))) {
      reader.wrong(name, fmt::format("row {} names no epoch", i));
      return tl::make_unexpected(std::move(*error));
    }
    epochs.push_back({value(kPhase) == 0 ? TrainPhase::kFloat : TrainPhase::kMain,
                      static_cast<std::int64_t>(value(kEpoch)),
                      value(kMetric) == 0 ? Metric::kAccuracy : Metric::kPsnr, value(kTrainLoss),
                      value(kTrainScore), value(kTestLoss), value(kTestScore), value(kLearningRate),
                      value(kPenalty), present(value(kMargin)), present(value(kSparsity)),
                      value(kSeconds)});
  }
  return epochs;
}

}  // namespace a2q
