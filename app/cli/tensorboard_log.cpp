// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/tensorboard_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/log.h"

namespace a2q::cli {

Result<std::unique_ptr<TensorBoardLog>> TensorBoardLog::open(const std::filesystem::path& folder) {
  auto file = EventFile::create(folder);
  if (!file) return forward(std::move(file));
  return std::unique_ptr<TensorBoardLog>(new TensorBoardLog(std::move(*file)));
}

void TensorBoardLog::keep(const Status& written) {
  if (written || broken_) return;
  broken_ = true;
  log(LogLevel::kWarning,
      "The training goes on without --tensorboard. " + describe(written.error()));
}

void TensorBoardLog::scalar(std::string_view tag, double value) {
  if (!broken_) keep(file_.scalar(tag, step_, value));
}

void TensorBoardLog::onStep(const StepReport& report) {
  step_ = report.step;
  epoch_ = report.epoch;
  scalar("step/loss", report.batch_loss);
  scalar("step/learning_rate", report.learning_rate);
  if (report.layers.empty()) return;
  scalar("step/penalty", report.penalty);
  if (report.worst_margin_bits) scalar("step/worst_margin_bits", *report.worst_margin_bits);
  if (report.sparsity) scalar("step/sparsity", *report.sparsity);
}

void TensorBoardLog::onEpoch(const EpochRecord& record) {
  const std::string score(metricKey(record.metric));
  scalar("train/loss", record.train_loss);
  scalar("train/" + score, record.train_score);
  scalar("test/loss", record.test_loss);
  scalar("test/" + score, record.test_score);
  if (!broken_) keep(file_.flush());
}

/// A histogram over the integers from −L to L, a bin a level.
void TensorBoardLog::levels(const LayerSnapshot& layer) {
  const auto bins = static_cast<std::int64_t>(layer.levels.size());
  std::vector<double> edges;
  for (std::int64_t i = 0; i <= bins; ++i) {
    edges.push_back(static_cast<double>(i) - static_cast<double>(bins) / 2);
  }
  if (!broken_) keep(file_.histogram(layer.layer + "/q", step_, {edges, layer.levels}));
}

/// Snapshots come many times a second; one an epoch is enough for histograms.
void TensorBoardLog::onSnapshot(const std::vector<LayerSnapshot>& layers) {
  if (epoch_ == epoch_of_histograms_) return;
  epoch_of_histograms_ = epoch_;
  for (const LayerSnapshot& layer : layers) {
    levels(layer);
    std::int64_t largest = 0;
    for (const SignedSums& sums : layer.channels) largest = std::max(largest, sums.l1());
    scalar(layer.layer + "/largest_l1", static_cast<double>(largest));
    if (layer.budget) scalar(layer.layer + "/budget", layer.budget->value());
  }
}

}  // namespace a2q::cli
