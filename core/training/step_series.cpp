// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/step_series.h"

#include <algorithm>
#include <limits>

namespace a2q {
namespace {

constexpr double kAbsent = std::numeric_limits<double>::quiet_NaN();

}  // namespace

ScalarSeries newStepSeries(const std::vector<std::string>& layers) {
  std::vector<std::string> columns{"main_phase",  "epoch",         "batch",   "batch_loss",
                                   "batch_score", "learning_rate", "penalty", "worst_margin_bits",
                                   "sparsity",    "seconds"};
  for (const std::string& layer : layers) columns.push_back(layer + ".largest_l1");
  return ScalarSeries(std::move(columns));
}

void appendStep(ScalarSeries& series, const StepReport& step) {
  std::vector<double> row{step.phase == TrainPhase::kFloat ? 0.0 : 1.0,
                          static_cast<double>(step.epoch),
                          static_cast<double>(step.batch),
                          step.batch_loss,
                          step.batch_score,
                          step.learning_rate,
                          step.penalty,
                          step.worst_margin_bits.value_or(kAbsent),
                          step.sparsity.value_or(kAbsent),
                          step.seconds};
  for (const LayerScalars& layer : step.layers) {
    row.push_back(static_cast<double>(layer.largest_l1));
  }
  row.resize(series.columns().size(), kAbsent);
  series.append(row);
}

std::optional<std::size_t> columnOf(const ScalarSeries& series, std::string_view name) {
  const auto& columns = series.columns();
  const auto found = std::find(columns.begin(), columns.end(), name);
  if (found == columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns.begin());
}

}  // namespace a2q
