// SPDX-License-Identifier: GPL-3.0-or-later
#include "story_samples.h"

#include <cmath>
#include <random>

#include "core/training/step_series.h"

namespace a2q::samples {
namespace {

StepReport stepOf(const StoryShape& shape, std::size_t index, double noise) {
  const std::size_t epoch = index / shape.steps_per_epoch;
  const double progress = static_cast<double>(index) / 400.0;
  StepReport step;
  step.phase = epoch < shape.float_epochs ? TrainPhase::kFloat : TrainPhase::kMain;
  step.epoch = static_cast<std::int64_t>(
      epoch < shape.float_epochs ? epoch + 1 : epoch - shape.float_epochs + 1);
  step.batch = static_cast<std::int64_t>(index % shape.steps_per_epoch + 1);
  step.batch_loss = 2.3 * std::exp(-progress) * (1 + 0.3 * noise) + 0.02;
  step.score = 0.98 - 0.8 * std::exp(-1.5 * progress);
  step.batch_score = step.score;
  step.learning_rate = 2e-3 * std::exp(-progress / 4);
  step.penalty = 0.1 * std::exp(-2 * progress);
  if (step.phase == TrainPhase::kMain) {
    step.worst_margin_bits = 0.5 + progress * 0.1;
    step.sparsity = 0.1 + 0.1 * progress;
  }
  step.seconds = 0.02 * static_cast<double>(index + 1) + 0.002 * noise;
  return step;
}

EpochRecord epochOf(const StepReport& last) {
  EpochRecord epoch;
  epoch.phase = last.phase;
  epoch.epoch = last.epoch;
  epoch.test_loss = last.batch_loss * 1.1;
  epoch.test_score = last.score - 0.02;
  epoch.sparsity = last.sparsity;
  return epoch;
}

std::vector<LayerSnapshot> layersAt(const StoryShape& shape, std::size_t epoch) {
  std::vector<LayerSnapshot> layers;
  for (std::size_t l = 0; l < shape.layers; ++l) {
    std::vector<SignedSums> channels;
    for (std::size_t c = 0; c < 16; ++c) {
      const auto sum = static_cast<std::int64_t>((300 + 40 * ((l * 7 + c * 5) % 19)) / 2 +
                                                 20 * epoch + 10 * l % 50);
      const bool dead = l == 1 && (c == 3 || c == 11);
      channels.push_back(dead ? SignedSums{} : SignedSums{sum, sum - 20});
    }
    layers.push_back(layerOf("conv" + std::to_string(l + 1), std::move(channels),
                             static_cast<std::int64_t>(300 + 100 * l + 90 * epoch)));
  }
  return layers;
}

}  // namespace

LayerSnapshot layerOf(const std::string& name, std::vector<SignedSums> channels,
                      std::int64_t zeros) {
  LayerSnapshot layer;
  layer.layer = name;
  layer.accumulator = BitWidth{16};
  layer.inputs = {0, 15};
  layer.budget = l1Budget(L1Rule::kA2q, BitWidth{16}, IntegerFormat{BitWidth{4}});
  layer.k = 200;
  layer.channels = std::move(channels);
  layer.zeros = zeros;
  return layer;
}

views::RunStory storyOf(const StoryShape& shape) {
  std::mt19937 random(shape.seed);
  std::normal_distribution<double> noise;
  views::RunStory story;
  story.uuid = "uuid-" + shape.name;
  story.name = shape.name;
  story.steps = newStepSeries({});
  std::size_t epoch = 0;
  for (std::size_t i = 0; i < shape.steps; ++i) {
    const StepReport step = stepOf(shape, i, noise(random));
    appendStep(story.steps, step);
    if ((i + 1) % shape.steps_per_epoch != 0) continue;
    story.epochs.push_back(epochOf(step));
    auto snapshot = std::make_shared<EpochSnapshot>();
    snapshot->phase = step.phase;
    snapshot->epoch = step.epoch;
    snapshot->layers = layersAt(shape, epoch++);
    story.history.push_back(std::move(snapshot));
  }
  story.layers = std::make_shared<const std::vector<LayerSnapshot>>(layersAt(shape, epoch));
  return story;
}

}  // namespace a2q::samples
