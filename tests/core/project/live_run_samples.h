// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/live/live_run.h"

namespace a2q::test {

inline constexpr std::int64_t kBatches = 50;

/// Step `number` (from 1) of a training whose numbers all follow from it; the first epoch is of
/// the float phase, without integers.
inline StepReport patternStep(std::int64_t number, std::size_t layers) {
  const std::int64_t epoch = (number - 1) / kBatches;
  const auto value = static_cast<double>(number);
  StepReport step;
  step.phase = epoch == 0 ? TrainPhase::kFloat : TrainPhase::kMain;
  step.epoch = epoch == 0 ? 1 : epoch;
  step.epochs = 1'000'000;
  step.batch = (number - 1) % kBatches + 1;
  step.batches = kBatches;
  step.step = number;
  step.metric = Metric::kPsnr;
  step.loss = 1 / value;
  step.score = value / 3;
  step.batch_loss = 2 / value;
  step.batch_score = 1 - 1 / value;
  step.learning_rate = 0.125;
  step.penalty = 7;
  step.seconds = value;
  if (epoch == 0) return step;
  step.worst_margin_bits = -0.5;
  step.sparsity = 0.25;
  step.seconds_left = 5;
  for (std::size_t i = 0; i < layers; ++i) {
    step.layers.push_back({number + static_cast<std::int64_t>(i), number});
  }
  return step;
}

/// What the epoch of a step brought.
inline EpochRecord patternEpoch(const StepReport& step) {
  EpochRecord record;
  record.phase = step.phase;
  record.epoch = step.epoch;
  record.metric = step.metric;
  record.test_score = step.score;
  record.sparsity = step.sparsity;
  return record;
}

/// A snapshot whose channels all have ‖q‖₁ = `number`.
inline std::vector<LayerSnapshot> patternSnapshot(std::int64_t number,
                                                  const std::vector<std::size_t>& channels) {
  std::vector<LayerSnapshot> layers(channels.size());
  for (std::size_t i = 0; i < channels.size(); ++i) {
    layers[i].channels.assign(channels[i], SignedSums{number, 0});
  }
  return layers;
}

/// The channels of the quantized layers of the built-in sample.
inline const std::vector<std::size_t> kSampleChannels = {16, 32, 112, 10};

}  // namespace a2q::test
